import Foundation
import Playbook
import TestSupport
import Testing
import YAML

@Suite struct ShellStepTests {
    static let one = """
        name: One
        values: [ROOT]
        steps:
          - name: the file is there
            check: test -e "$ROOT/x"
            apply: |
              echo making it
              touch "$ROOT/x"
        """

    @Test(arguments: FakeNode.Shell.allCases)
    func changesWhatIsWrongAndThenNothing(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let first = try await stage.play(Self.one)
            #expect(outcomes(first) == ["changed"])
            #expect(stage.events.lines == ["making it"])
            #expect(first.isComplete && first.hasChanges)
            let second = try await stage.play(Self.one)
            #expect(outcomes(second) == ["ok"])
            #expect(second.isComplete && !second.hasChanges)
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func planChangesNothing(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let result = try await stage.play(Self.one, mode: .plan)
            #expect(outcomes(result) == ["wouldChange"])
            #expect(stage.node.read("x") == nil)
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func aStepThatStaysWrongFailsWithWhatItPrinted(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let result = try await stage.play(
                """
                name: Stays wrong
                steps:
                  - name: never right
                    check: exit 7
                    apply: |
                      printf 'no newline at the end'
                      echo ' to standard error' >&2
                  - name: not reached
                    check: 'false'
                    apply: 'true'
                """)
            let failure = try #require(result.failure)
            #expect(failure.step == "never right")
            #expect(failure.reason == .check)
            #expect(failure.code == 7)
            #expect(failure.lastLines == ["no newline at the end to standard error"])
            #expect(failure.mark?.description == "test.yml:3:5")
            #expect(outcomes(result) == ["failed"])
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func theFirstCommandThatFailsEndsABody(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let result = try await stage.play(
                """
                name: Fails
                values: [ROOT]
                steps:
                  - name: a check that fails in its middle is not right
                    check: |
                      false
                      true
                    apply: |
                      touch "$ROOT/applied"
                      (exit 3)
                      touch "$ROOT/not-applied"
                """)
            #expect(result.failure?.reason == .apply)
            #expect(result.failure?.code == 3)
            #expect(stage.node.read("applied") != nil)
            #expect(stage.node.read("not-applied") == nil)
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func aVariableThatIsNotSetEndsABody(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let result = try await stage.play(
                """
                name: Unset
                values: [ROOT]
                steps:
                  - name: typing error
                    check: test -e "$ROOT/x"
                    apply: |
                      echo "$ROTO"
                      touch "$ROOT/x"
                """)
            #expect(result.failure?.reason == .apply)
            #expect(stage.node.read("x") == nil)
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func valuesAreOnlyValues(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let nasty = "a'b\"c\n$(touch \(stage.node.root)/hacked)`id` ${HOME} \\n ü✓ \t#; ' )\n"
            let result = try await stage.play(
                """
                name: Values
                values: [ROOT, NASTY]
                steps:
                  - name: it arrives as it is
                    register: BACK
                    value: printf '%s.' "$NASTY"
                  - name: it arrives in a file
                    file: ${ROOT}/nasty
                    content: ${NASTY}
                """, ["NASTY": nasty])
            #expect(result.registered["BACK"] == nasty + ".")
            #expect(stage.node.read("nasty") == nasty)
            #expect(stage.node.read("hacked") == nil)
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func whatDoesNotConcernTheHostIsSkipped(shell: FakeNode.Shell) async throws {
        let text = """
            name: When
            steps:
              - name: not here
                when: test -e /does/not/exist
                check: 'false'
                apply: 'false'
              - name: here
                when: test -e /
                creates: /etc
                apply: 'false'
            """
        try await Stage.with(shell) { stage in
            for mode in [RunMode.plan, .apply] {
                let result = try await stage.play(text, mode: mode)
                #expect(outcomes(result) == ["skipped", "ok"])
            }
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func retriesUntilItIsRight(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let result = try await stage.play(
                """
                name: Retries
                values: [ROOT]
                steps:
                  - name: the second try
                    check: test "$(cat "$ROOT/tries")" = xx
                    apply: printf x >>"$ROOT/tries"
                    retries: 2
                """)
            #expect(outcomes(result) == ["changed"])
            #expect(stage.node.read("tries") == "xx")
            let retries = (2...3).map {
                StepEvent.retrying(step: "the second try", reason: .check, code: 1, seconds: $0)
            }
            #expect(stage.events.all.contains { retries.contains($0) })
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func whatTakesTooLongIsEndedWithAllItStarted(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let result = try await stage.play(
                """
                name: Slow
                values: [ROOT]
                steps:
                  - name: never ends
                    check: test -e "$ROOT/done"
                    apply: |
                      sh -c 'sleep 4021; true' &
                      echo $! >"$ROOT/pid"
                      sleep 4022
                      touch "$ROOT/done"
                    timeout: 1
                """)
            #expect(result.failure?.reason == .timeout)
            let pid = try #require(stage.node.read("pid")).split(separator: "\n")[0]
            #expect(!isRunning(String(pid)))
        }
    }

    @Test func anUninterruptibleStepHasNoGuard() async throws {
        let text = """
            name: Calm
            steps:
              - name: one
                check: 'false'
                apply: 'true'
                uninterruptible: true
            """
        let program = Compiler.compile(
            try playbook(text), values: Values(), mode: .apply, options: CompileOptions(token: "t"))
        #expect(program.text.contains("mc_step 0 timeout=0\n"))
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func whatAStepLeavesInTheBackgroundDoesNotHoldTheRun(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let result = try await stage.play(
                """
                name: Daemon
                values: [ROOT]
                steps:
                  - name: it runs
                    check: test -e "$ROOT/pid"
                    apply: |
                      sleep 300 &
                      echo $! >"$ROOT/pid"
                """)
            #expect(outcomes(result) == ["changed"])
            #expect(stage.events.all.last == .ended(result.counts))
            let pid = try #require(stage.node.read("pid")).split(separator: "\n")[0]
            #expect(isRunning(String(pid)), "the daemon itself is none of the engine's business")
            kill(try #require(Int32(pid)), SIGKILL)
        }
    }
}
