import Playbook
import TestSupport
import Testing
import YAML

/// What a plan says of a change besides the change.
@Suite struct ForecastTests {
    private static let steps = """
        name: Forecasts
        values: [ROOT]
        steps:
          - name: a thing
            effect: something restarts
            takes: 30
            brings: |
              echo "1000 a package"
              echo "~2000 another one"
              echo "- a third"
              echo "no size at all"
              echo nobody hears this >&2
              false
              echo "3000 never"
            check: test -e "$ROOT/thing"
            apply: touch "$ROOT/thing"
          - name: a file
            effect: nobody notices
            file: ${ROOT}/file
            content: words
          - name: nothing to say
            check: test -e "$ROOT/other"
            apply: touch "$ROOT/other"
        """

    @Test(arguments: FakeNode.Shell.allCases)
    func aPlanTellsThemOfWhatWouldChange(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let result = try await stage.play(Self.steps, mode: .plan)
            #expect(outcomes(result) == ["wouldChange", "wouldChange", "wouldChange"])
            let forecasts = stage.events.all.compactMap { event in
                if case .forecast(let step, let forecast) = event { (step, forecast) } else { nil }
            }
            #expect(forecasts.map(\.0) == ["a thing", "a file"])
            #expect(
                forecasts.first?.1
                    == Forecast(
                        effect: "something restarts", seconds: 30,
                        comings: [
                            .init(name: "a package", bytes: 1000),
                            .init(name: "another one", bytes: 2000, isRough: true),
                            .init(name: "a third", bytes: nil),
                        ]))
            #expect(!stage.events.lines.contains("nobody hears this"))
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func whatIsRightHasNone(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            try await stage.play(Self.steps)
            #expect(!"\(stage.events.all)".contains("forecast"))
            let before = stage.events.all.count
            try await stage.play(Self.steps, mode: .plan)
            #expect(!"\(stage.events.all.dropFirst(before))".contains("forecast"))
        }
    }

    @Test func aStepThatOnlyReadsHasNone() {
        let diagnostics = Diagnostics()
        let text = "name: x\nsteps: [{ name: a, register: A, value: echo, effect: e, takes: 3, brings: b }]"
        #expect(Playbook.read(Array(text.utf8), file: "x.yml", diagnostics: diagnostics) == nil)
        #expect(
            diagnostics.items.map(\.message) == [
                "'effect' has no place in the step 'a'", "'takes' has no place in the step 'a'",
                "'brings' has no place in the step 'a'",
            ])
    }
}
