import Foundation
import Testing
import YAML

extension ThisMachine {
    /// Plays run playbooks on this machine itself, so they need no lab.
    @Suite struct PlayTests {
        private static let inventory = """
            cluster: here
            hosts:
              - { name: here, address: 127.0.0.1, role: control-plane, connection: local }

            """

        private static let playbook = """
            name: Two things
            values: [FOLDER, WORD]
            steps:
              - name: the folder is there
                sudo: false
                check: test -d "$FOLDER"
                apply: mkdir "$FOLDER"
              - name: the file says the word
                sudo: false
                check: test "$(cat "$FOLDER/word" 2>/dev/null)" = "$WORD"
                apply: printf '%s' "$WORD" >"$FOLDER/word"

            """

        private func play(
            _ tool: Tool, _ more: [String] = [], word: String = "it's \"here\" $(no) 日本"
        ) async throws -> Tool.Outcome {
            try tool.write(Self.inventory, to: "inventory.yml")
            try tool.write(Self.playbook, to: "two.yml")
            return try await tool.run(
                ["play", "two.yml", "-e", "FOLDER=\(tool.folder)/made", "-e", "WORD=\(word)"] + more)
        }

        @Test("a playbook that names them gets the name and the address of each host")
        func ownValues() async throws {
            try await withTool { tool in
                try tool.write(Self.inventory, to: "inventory.yml")
                try tool.write(
                    """
                    name: Who
                    values: [NODE_NAME, NODE_ADDRESS]
                    steps:
                      - name: who this is
                        sudo: false
                        check: test "$NODE_NAME at $NODE_ADDRESS" = "here at 127.0.0.1"
                        apply: exit 1

                    """, to: "who.yml")
                let play = try await tool.run(["play", "who.yml"])
                #expect(play.status == 0, "\(play.errors)")
            }
        }

        @Test("what a playbook names as evidence is read after a failure, and changes nothing")
        func evidence() async throws {
            try await withTool { tool in
                try tool.write(Self.inventory, to: "inventory.yml")
                try tool.write(
                    """
                    name: Fails
                    evidence: look.yml
                    steps:
                      - name: this never is so
                        sudo: false
                        check: 'false'
                        apply: echo it is said

                    """, to: "fails.yml")
                try tool.write(
                    """
                    name: Look
                    steps:
                      - name: a log
                        sudo: false
                        register: LOG
                        value: |
                          echo "E: Could not get lock /var/lib/dpkg/lock" >&2
                      - name: a change
                        sudo: false
                        check: test -e changed
                        apply: touch changed

                    """, to: "look.yml")
                let play = try await tool.run(["play", "fails.yml"])
                #expect(play.status == 1)
                for words in ["  seen on here:\n", "    | E: Could not get lock /var/lib/dpkg/lock\n"] {
                    #expect(play.errors.contains(words), "\(play.errors)")
                }
                #expect(play.errors.contains("(apt-locked)"))
                #expect(!FileManager.default.fileExists(atPath: tool.folder + "/changed"))
                let again = try await tool.run(["play", "fails.yml", "--output", "json"])
                let result = try json(String(try #require(again.output.split(separator: "\n").last)))
                let failure = try #require(result["failures"]?.items?.first)
                #expect(failure["output"]?.items?.map(\.text) == ["it is said"])
                #expect(failure["seen"]?.items?.map { $0["host"]?.text } == ["here"])
            }
        }

        @Test func planThenApplyThenNothing() async throws {
            try await withTool { tool in
                let plan = try await play(tool, ["--plan"])
                #expect(plan.status == 2, "\(plan.errors)")
                #expect(plan.output.contains("would change: the folder is there"))
                #expect(plan.output.contains("here: 2 steps to change"))
                #expect(!FileManager.default.fileExists(atPath: tool.folder + "/made"))

                let first = try await play(tool)
                #expect(first.status == 0, "\(first.errors)")
                #expect(first.output.contains("here: changed 2 steps"))
                #expect(
                    try String(contentsOfFile: tool.folder + "/made/word", encoding: .utf8)
                        == "it's \"here\" $(no) 日本")

                let second = try await play(tool)
                #expect(second.status == 0)
                #expect(second.output.contains("here: nothing was changed"))
                #expect(try await play(tool, ["--plan"]).status == 0)
            }
        }

        @Test func messagesOfJSONAreJSONToo() async throws {
            try await withTool { tool in
                let outcome = try await play(tool, ["--output", "json"])
                #expect(!outcome.errors.isEmpty)
                for line in outcome.errors.split(separator: "\n") {
                    #expect(try json(String(line))["message"] != nil)
                }
            }
        }

        @Test func aStepThatStaysWrongIsNamedWithItsOutput() async throws {
            try await withTool { tool in
                try tool.write(Self.inventory, to: "inventory.yml")
                try tool.write(
                    "name: Bad\nsteps:\n  - name: it works\n    sudo: false\n    check: 'false'\n    apply: echo so it is\n",
                    to: "bad.yml")
                let outcome = try await tool.run(["play", "bad.yml"])
                #expect(outcome.status == 1)
                #expect(outcome.errors.contains("bad.yml:3:"))
                #expect(outcome.errors.contains("| so it is"))
                #expect(outcome.output.contains("failed"))
            }
        }

        @Test func aFailureEndsWithItsCauseTheEvidenceAndWhatToTypeNext() async throws {
            try await withTool { tool in
                try tool.write(Self.inventory, to: "inventory.yml")
                try tool.write(
                    "name: Bad\nsteps:\n  - name: it works\n    sudo: false\n    check: 'false'\n"
                        + "    apply: |\n      echo 'tar: a: Cannot write: No space left on device'\n"
                        + "      echo 'tar: Exiting with failure status due to previous errors'\n      exit 2\n",
                    to: "bad.yml")
                let outcome = try await tool.run(["play", "bad.yml"])
                #expect(outcome.status == 1)
                let end = try #require(
                    outcome.errors.split(separator: "cause: the disk is full (disk-full)").last)
                #expect(end.contains("evidence: tar: a: Cannot write: No space left on device"))
                #expect(end.contains("next: make room on the host; type on here: df -h"))
                #expect(try Records(tool).text("events.jsonl").contains("\"causeName\":\"disk-full\""))
            }
        }

        @Test func aWrongPlaybookIs65() async throws {
            try await withTool { tool in
                try tool.write(Self.inventory, to: "inventory.yml")
                try tool.write("name: Bad\nsteps:\n  - name: it works\n    chek: 'true'\n", to: "bad.yml")
                let outcome = try await tool.run(["play", "bad.yml"])
                #expect(outcome.status == 65)
                #expect(outcome.errors.hasPrefix("bad.yml:"))
                #expect(outcome.errors.contains("'check'"))
            }
        }

        @Test func valuesThatAreNotGivenAreNamed() async throws {
            try await withTool { tool in
                try tool.write(Self.inventory, to: "inventory.yml")
                try tool.write(Self.playbook, to: "two.yml")
                let outcome = try await tool.run(["play", "two.yml"])
                #expect(outcome.status == 65)
                #expect(outcome.errors.contains("FOLDER, WORD"))
            }
        }

        /// The first Ctrl-C lets a step end that must not be cut, and starts no other; the run says so and exits with
        /// 130.
        @Test func controlC() async throws {
            try await withTool { tool in
                try tool.write(Self.inventory, to: "inventory.yml")
                try tool.write(
                    """
                    name: Slow
                    values: [FOLDER]
                    steps:
                      - name: the first is there
                        sudo: false
                        uninterruptible: true
                        check: test -e "$FOLDER/first.done"
                        apply: |
                          touch "$FOLDER/first.begun"
                          while test ! -e "$FOLDER/go"; do sleep 0.05; done
                          touch "$FOLDER/first.done"
                      - name: the second is there
                        sudo: false
                        check: test -e "$FOLDER/second"
                        apply: touch "$FOLDER/second"

                    """, to: "slow.yml")
                let folder = tool.folder
                let outcome = try await tool.run(["play", "slow.yml", "-e", "FOLDER=\(folder)"]) {
                    process, errors in
                    try await until { FileManager.default.fileExists(atPath: folder + "/first.begun") }
                    process.interrupt()
                    try await until { errors().contains("stopping") }
                    try "".write(toFile: folder + "/go", atomically: true, encoding: .utf8)
                }
                #expect(outcome.status == 130, "\(outcome.errors)")
                #expect(outcome.errors.contains("stopping"))
                #expect(outcome.output.contains("interrupted"))
                #expect(FileManager.default.fileExists(atPath: folder + "/first.done"))
                #expect(!FileManager.default.fileExists(atPath: folder + "/second"))
            }
        }

        @Test func aSecondControlCLeavesAtOnce() async throws {
            try await withTool { tool in
                try tool.write(Self.inventory, to: "inventory.yml")
                try tool.write(
                    "name: Slow\nvalues: [FOLDER]\nsteps:\n  - name: it is there\n    sudo: false\n"
                        + "    uninterruptible: true\n    check: test -e \"$FOLDER/go\"\n"
                        + "    apply: touch \"$FOLDER/begun\"; while test ! -e \"$FOLDER/go\"; do sleep 0.05; done\n",
                    to: "slow.yml")
                let folder = tool.folder
                let outcome = try await tool.run(["play", "slow.yml", "-e", "FOLDER=\(folder)"]) {
                    process, errors in
                    try await until { FileManager.default.fileExists(atPath: folder + "/begun") }
                    process.interrupt()
                    try await until { errors().contains("stopping") }
                    process.interrupt()
                    // `isRunning` would wait for the step too, which holds what the process has opened.
                    try await until { hasEnded(process.processIdentifier) }
                    try "".write(toFile: folder + "/go", atomically: true, encoding: .utf8)
                }
                #expect(outcome.status == 130)
            }
        }
    }
}

/// Waits until something is so; gives up after a minute, since machines of CI are slow.
func until(_ condition: () -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(60)
    while !condition() {
        try #require(ContinuousClock.now < end)
        try await Task.sleep(for: .milliseconds(20))
    }
}

/// Whether a child process is over, collected or not (proc(5): state Z).
func hasEnded(_ pid: Int32) -> Bool {
    let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
    return stat?.split(separator: ")").last?.hasPrefix(" Z") ?? true
}
