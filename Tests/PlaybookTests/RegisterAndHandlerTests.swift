import Foundation
import Playbook
import TestSupport
import Testing

@Suite struct RegisterAndHandlerTests {
    static let handlers = """
        name: Handlers
        values: [ROOT, FAIL]
        steps:
          - name: first
            creates: ${ROOT}/first
            apply: touch "$ROOT/first"
            notify: reload
          - name: second
            creates: ${ROOT}/second
            apply: touch "$ROOT/second"
            notify: reload
          - name: third
            check: test -z "$FAIL"
            apply: exit 1
        handlers:
          reload: echo x >>"$ROOT/reloads"
        """

    @Test(arguments: FakeNode.Shell.allCases)
    func aHandlerRunsOnceAfterChanges(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let plan = try await stage.play(Self.handlers, ["FAIL": ""], mode: .plan)
            #expect(plan.handlers == ["reload"])
            #expect(stage.node.read("reloads") == nil)
            let first = try await stage.play(Self.handlers, ["FAIL": ""])
            #expect(first.handlers == ["reload"])
            #expect(stage.node.read("reloads") == "x\n")
            let second = try await stage.play(Self.handlers, ["FAIL": ""])
            #expect(!second.hasChanges && second.handlers.isEmpty)
            #expect(stage.node.read("reloads") == "x\n")
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func aHandlerThatCouldNotRunIsStillDueInTheNextRun(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let failed = try await stage.play(Self.handlers, ["FAIL": "yes"])
            #expect(outcomes(failed) == ["changed", "changed", "failed"])
            #expect(stage.node.read("reloads") == nil)
            // The host may have started anew meanwhile.
            try FileManager.default.removeItem(atPath: stage.node.path("run"))
            let plan = try await stage.play(Self.handlers, ["FAIL": ""], mode: .plan)
            #expect(plan.handlers == ["reload"])
            let repaired = try await stage.play(Self.handlers, ["FAIL": ""])
            #expect(outcomes(repaired) == ["ok", "ok", "ok"])
            #expect(repaired.handlers == ["reload"])
            let last = try await stage.play(Self.handlers, ["FAIL": ""])
            #expect(!last.hasChanges)
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func aHandlerThatFailsFailsTheRun(shell: FakeNode.Shell) async throws {
        let text = """
            name: Bad handler
            values: [ROOT]
            steps:
              - name: first
                creates: ${ROOT}/first
                apply: touch "$ROOT/first"
                notify: reload
            handlers:
              reload: |
                echo cannot
                exit 4
            """
        try await Stage.with(shell) { stage in
            for _ in 1...2 {
                let result = try await stage.play(text)
                #expect(result.failure?.step == "reload")
                #expect(result.failure?.code == 4)
                #expect(result.failure?.lastLines == ["cannot"])
            }
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func valuesAreRegisteredAndUsedByLaterSteps(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let result = try await stage.play(
                """
                name: Register
                values: [ROOT]
                steps:
                  - name: a fact
                    register: FACT
                    value: |
                      echo noise of no use >&2
                      printf 'one\\n\\n  two\\n\\n'
                  - name: a token
                    creates: ${ROOT}/token
                    apply: printf canary-5511 >"$ROOT/token"
                    register: TOKEN
                    value: cat "$ROOT/token"
                    secret: true
                  - name: used
                    check: test "$(cat "$ROOT/used")" = "canary-5511 one"
                    apply: printf '%s %s' "$TOKEN" "${FACT%%[!a-z]*}" >"$ROOT/used"; echo "the token is $TOKEN"
                  - name: used by the engine
                    file: ${ROOT}/filled
                    content: "${TOKEN}|${FACT}"
                """)
            #expect(result.failure == nil)
            #expect(result.registered["FACT"] == "one\n\n  two")
            #expect(result.registered.table["TOKEN"] == .secret(Secret("canary-5511")))
            #expect(stage.node.read("filled") == "canary-5511|one\n\n  two")
            #expect(stage.events.lines.contains("noise of no use"))
            #expect(stage.events.lines.contains("the token is ••••••"))
            #expect(!"\(stage.events.all)".contains("canary-5511"))
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func aPlanReadsFactsAndWaitsForWhatComesWithChanges(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let result = try await stage.play(
                """
                name: Plan registers
                values: [ROOT]
                steps:
                  - name: a fact
                    register: FACT
                    value: echo known
                  - name: made later
                    creates: ${ROOT}/later
                    apply: echo later >"$ROOT/later"
                    register: LATER
                    value: cat "$ROOT/later"
                  - name: read later
                    register: AGAIN
                    value: cat "$ROOT/later" 2>/dev/null
                """, mode: .plan)
            #expect(outcomes(result) == ["ok", "wouldChange", "skipped"])
            #expect(result.registered["FACT"] == "known")
            #expect(result.registered["LATER"] == nil)
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func aValueThatCannotBeReadFails(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            for mode in [RunMode.plan, .apply] {
                let result = try await stage.play(
                    """
                    name: No value
                    steps:
                      - name: a fact
                        register: FACT
                        value: |
                          false
                          echo never
                    """, mode: mode)
                #expect(result.failure?.reason == .value)
            }
        }
    }

    @Test func missingValuesAreAnErrorBeforeAnythingRuns() async throws {
        try await Stage.with { stage in
            await #expect(throws: PlaybookError.missingValues(["FAIL"])) {
                try await stage.play(Self.handlers)
            }
            #expect(stage.events.all.isEmpty)
        }
    }
}
