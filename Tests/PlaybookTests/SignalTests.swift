import Playbook
import TestSupport
import Testing

/// A signal of the ear that reaches the program in the very moment in which what it waits for ends.
@Suite struct SignalTests {
    // bash drops what its `wait` has learned when a signal comes with it. Each of these is that moment in one case of
    // three, so that none of them being lost by luck has a chance of 1 in 10,000.
    private static let count = 24

    @Test(arguments: FakeNode.Shell.allCases)
    func howAStepEndedIsKnownWhenASignalComesWithItsEnd(shell: FakeNode.Shell) async throws {
        let steps = (1...Self.count).map { number in
            """

              - name: step \(number)
                creates: ${ROOT}/\(number)
                apply: touch "$ROOT/\(number)"; kill -USR2 $$
                timeout: 5
                notify: reload
            """
        }
        try await Stage.with(shell) { stage in
            let result = try await stage.play(
                """
                name: Signals
                values: [ROOT]
                steps:\(steps.joined())
                handlers:
                  reload: touch "$ROOT/reloaded"; kill -USR2 $$
                """)
            #expect(outcomes(result) == Array(repeating: "changed", count: Self.count))
            #expect(result.failure == nil && result.handlers == ["reload"])
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func aStepThatFailsFailsWithItsCodeWhenASignalComesWithItsEnd(shell: FakeNode.Shell) async throws {
        for _ in 1...Self.count {
            try await Stage.with(shell) { stage in
                let result = try await stage.play(
                    """
                    name: Signals
                    values: [ROOT]
                    steps:
                      - name: fails
                        creates: ${ROOT}/file
                        apply: kill -USR2 $$; exit 7
                        timeout: 5
                    """)
                #expect(result.failure?.code == 7)
            }
        }
    }
}
