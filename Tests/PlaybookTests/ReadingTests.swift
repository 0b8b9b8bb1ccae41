import Playbook
import Testing
import YAML

@Suite struct ReadingTests {
    static let wrong: [(String, [String])] = [
        ("name: x", ["1:1: the playbook has no 'steps'"]),
        ("steps: []", ["1:1: the playbook has no 'name'"]),
        ("name: x\nstep: []\nsteps: []", ["2:1: the playbook has no key 'step'"]),
        ("- x", ["1:1: the playbook must be a mapping"]),
        (
            "name: x\nvalues: [lower, GOOD, GOOD, PATH]\nsteps: []",
            ["2:10: 'lower' cannot be", "2:23: the value GOOD is named twice", "2:29: 'PATH' cannot be"]
        ),
        ("name: x\nsteps:\n  - check: 'true'\n    apply: 'true'", ["3:5: the step has no 'name'"]),
        ("name: x\nsteps:\n  - name: a", ["3:5: the step 'a' does nothing"]),
        ("name: x\nsteps:\n  - name: a\n    check: 'true'", ["3:5: the step 'a' has a check and no 'apply'"]),
        (
            "name: x\nsteps:\n  - name: a\n    apply: 'true'",
            ["3:5: the step 'a' has an 'apply' and no check"]
        ),
        (
            "name: x\nsteps:\n  - name: a\n    check: 'true'\n    creates: /x\n    apply: 'true'",
            ["5:14: the step 'a' has both 'check' and 'creates'"]
        ),
        (
            "name: x\nsteps:\n  - name: a\n    creates: x\n    apply: 'true'",
            ["4:14: 'creates' of the step 'a' must be an absolute path"]
        ),
        (
            "name: x\nsteps:\n  - {name: a, creates: /x, apply: 'true'}\n  - {name: a, creates: /y, apply: 'true'}",
            ["4:5: two steps have the name 'a'; name this one otherwise; the first is at p.yml:3:5"]
        ),
        (
            "name: x\nsteps:\n  - {name: a, creates: /x, apply: 'true', timeout: 0, retries: many}",
            [
                "3:52: 'timeout' of the step 'a' must lie between",
                "3:64: 'retries' of the step 'a' must be a whole",
            ]
        ),
        (
            "name: x\nsteps:\n  - {name: a, creates: /x, aply: 'true', apply: 'true'}",
            ["3:28: the step 'a' has no key 'aply'"]
        ),
        (
            "name: x\nsteps:\n  - {name: a, file: /x}",
            ["3:5: the step 'a' has neither 'content' nor 'absent'"]
        ),
        (
            "name: x\nsteps:\n  - {name: a, file: /x, content: c, absent: true}",
            ["3:5: the step 'a' has both 'content' and 'absent'"]
        ),
        (
            "name: x\nsteps:\n  - {name: a, file: /x, content: '${NOPE} ${'}",
            ["3:34: 'content' of the step 'a' has a '${' that no name"]
        ),
        (
            "name: x\nvalues: [NAME]\nsteps:\n  - {name: a, file: /x, content: '${NAMES}'}",
            ["4:5: the step 'a' uses ${NAMES}, which nothing gives; did you mean ${NAME}?"]
        ),
        (
            "name: x\nsteps:\n  - {name: a, file: /x, content: c, mode: 0644}",
            ["3:43: 'mode' of the step 'a' is 0644 without quotes"]
        ),
        (
            "name: x\nsteps:\n  - {name: a, file: /x, content: c, mode: rw, owner: me}",
            ["3:43: 'mode' of the step 'a' cannot be 'rw'", "3:54: 'owner' of the step 'a' cannot be 'me'"]
        ),
        (
            "name: x\nsteps:\n  - {name: a, file: /x, content: c, check: 'true', sudo: false}",
            ["3:44: 'check' has no place in", "3:58: 'sudo' has no place in"]
        ),
        (
            "name: x\nsteps:\n  - {name: a, creates: /x, apply: 'true', mode: '0644'}",
            ["3:49: 'mode' has no place in"]
        ),
        (
            "name: x\nsteps:\n  - {name: a, toml: /x, set: {'a b': 1, c: 1.5, d: [1]}}",
            ["3:31: 'a b' in 'set'", "3:44: 'c' in 'set' of the step 'a' cannot be", "3:52: 'd' in 'set'"]
        ),
        ("name: x\nsteps:\n  - {name: a, toml: /x}", ["3:5: the step 'a' has no 'set'"]),
        ("name: x\nsteps:\n  - {name: a, register: X}", ["registers a value and does not say which"]),
        (
            "name: x\nsteps:\n  - {name: a, creates: /x, apply: 'true', value: 'x'}",
            ["has a 'value' without a name"]
        ),
        (
            "name: x\nsteps:\n  - {name: a, creates: /x, apply: 'true', secret: true}",
            ["3:51: 'secret' of the step 'a' belongs to a value"]
        ),
        (
            "name: x\nsteps:\n  - {name: a, creates: /x, apply: 'true', notify: relaod}\nhandlers:\n  reload: x",
            [
                "the step 'a' notifies 'relaod', which is no handler; did you mean 'reload'?",
                "5:3: warning: no step",
            ]
        ),
    ]

    @Test(arguments: wrong)
    func whatIsWrongIsSaidWithItsPlace(text: String, messages: [String]) {
        let diagnostics = Diagnostics()
        let playbook = Playbook.read(Array(text.utf8), file: "p.yml", diagnostics: diagnostics)
        #expect(playbook == nil)
        let said = diagnostics.sorted.map(\.description)
        for message in messages {
            #expect(said.contains { $0.contains(message) }, "\(said)")
        }
        #expect(said.count == messages.count, "\(said)")
    }

    @Test func whatIsRightIsReadWhole() throws {
        let playbook = try playbook(GoldenProgramTests.everything)
        #expect(playbook.name == "Every feature")
        #expect(playbook.steps.count == 10)
        #expect(playbook.handlers.map(\.name) == ["reload"])
        guard case .shell(let shell) = playbook.steps[1].work else {
            Issue.record("the second step is shell")
            return
        }
        #expect(shell.timeout == 60 && shell.retries == 5 && !shell.isUninterruptible)
        #expect(playbook.steps[4].asLoginUser && !playbook.steps[3].asLoginUser)
        #expect(playbook.steps[9].registration?.isSecret == true)
    }

    @Test(arguments: [
        ("plain", ["plain"]), ("", []), ("${A}", ["$A"]), ("a${A}b$${A}c$d", ["a", "$A", "b${A}c$d"]),
        ("${A}${B_2}", ["$A", "$B_2"]),
    ])
    func templatesAreReadPartByPart(text: String, parts: [String]) throws {
        let template = try #require(Template(text))
        let read = template.parts.map { part in
            switch part {
            case .text(let text): text
            case .value(let name): "$\(name)"
            }
        }
        #expect(read == parts)
    }

    @Test(arguments: ["${", "${}", "${a}", "${A", "x ${A-b}", "${PATH}"])
    func whatIsNoTemplateIsRefused(text: String) {
        #expect(Template(text) == nil)
    }
}
