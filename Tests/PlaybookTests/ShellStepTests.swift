import Playbook
import TestSupport
import Testing

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
}
