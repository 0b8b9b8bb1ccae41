import Foundation
import Playbook
import Synchronization
import TestSupport
import Testing

@Suite struct StopTests {
    /// A step that says that it runs and then waits for a file; a step after it that must not run.
    static let text = """
        name: Stop
        values: [ROOT]
        steps:
          - name: runs
            creates: ${ROOT}/done
            apply: |
              echo running
              while ! test -e "$ROOT/go"; do sleep 0.05; done
              echo finishing
              touch "$ROOT/done"
          - name: must not run
            creates: ${ROOT}/second
            apply: touch "$ROOT/second"
        """

    @Test(arguments: FakeNode.Shell.allCases)
    func cancellingLetsAnUninterruptibleStepEndAndRunsNothingMore(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let text = Self.text.replacing(
                "creates: ${ROOT}/done", with: "creates: ${ROOT}/done\n    uninterruptible: true"
            ).replacing("echo finishing", with: "sleep 1; echo finishing")
            let task = Task { try await stage.play(text) }
            try await eventually { stage.events.lines.contains("running") }
            task.cancel()
            // The word to stop has the step's last second to arrive.
            try stage.node.write("", to: "go")
            let result = try await task.value
            #expect(result.isStopped && result.failure == nil && result.cutStep == nil)
            #expect(outcomes(result) == ["changed"])
            #expect(stage.events.all.last == .stopped(result.counts))
            #expect(stage.node.read("second") == nil)
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func cancellingCutsAnyOtherStepAndSaysSo(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let task = Task { try await stage.play(Self.text) }
            try await eventually { stage.events.lines.contains("running") }
            task.cancel()
            let result = try await task.value
            #expect(result.isStopped && result.failure == nil && result.cutStep == "runs")
            #expect(outcomes(result).isEmpty)
            #expect(stage.events.all.suffix(2) == [.cut(step: "runs"), .stopped(result.counts)])
            #expect(stage.node.read("done") == nil && stage.node.read("second") == nil)
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func cancellingBeforeTheStartRunsNothingOrStopsSoon(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            try stage.node.write("", to: "go")
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await stage.play(
                    """
                    name: Early
                    values: [ROOT]
                    steps:
                      - name: slow
                        check: sleep 0.3; false
                        apply: sleep 0.3; exit 1
                      - name: must not run
                        creates: ${ROOT}/second
                        apply: touch "$ROOT/second"
                    """)
            }
            let result = try await task.value
            #expect(result.isStopped)
            #expect(stage.node.read("second") == nil)
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func stoppingEndsTheTries(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let task = Task {
                try await stage.play(
                    """
                    name: Retries
                    steps:
                      - name: never right
                        check: 'false'
                        apply: echo trying
                        retries: 100
                    """)
            }
            try await eventually {
                stage.events.all.contains { if case .retrying = $0 { true } else { false } }
            }
            task.cancel()
            let result = try await task.value
            let tries = stage.events.lines.count { $0 == "trying" }
            let rests = stage.events.all.count { if case .retrying = $0 { true } else { false } }
            #expect(result.isStopped)
            // The word comes in a rest after a try; or, to a busy machine, in the try after it, which then is cut.
            #expect(result.cutStep == nil ? tries == rests : (rests...rests + 1).contains(tries))
            #expect(outcomes(result) == (result.cutStep == nil ? ["failed"] : []))
        }
    }

    /// The tool dies while a step that prints is running: nobody reads any more, and standard input ends.
    @Test(arguments: FakeNode.Shell.allCases)
    func aLostConnectionLetsTheProgramEnd(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            var values = Values()
            values["ROOT"] = stage.node.root
            let text = Self.text.replacing("sleep 0.05", with: "echo noise; sleep 0.05")
            let program = Compiler.compile(
                try playbook(text), values: values, mode: .apply,
                options: CompileOptions(token: "t", stateFolder: stage.node.path("run")))
            try stage.node.write(program.text, to: "program")
            let line = """
                cd \(stage.node.root)
                { cat program; while ! test -e cut; do sleep 0.05; done; } 2>/dev/null | { sh -s; touch ended; } 2>/dev/null |
                    { sed -n '/running/q'; touch cut; }
                """
            async let end = stage.node.run(RemoteCommand(line)) { _ in }
            try await eventually { stage.node.read("cut") != nil }
            #expect(stage.node.read("done") == nil)
            try stage.node.write("", to: "go")
            _ = try await end
            #expect(stage.node.read("ended") != nil)
            #expect(stage.node.read("done") != nil)
            #expect(stage.node.read("second") != nil)
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func halfAProgramRunsNothing(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            var values = Values()
            values["ROOT"] = stage.node.root
            let program = Compiler.compile(
                try playbook(
                    "name: Half\nvalues: [ROOT]\nsteps:\n  - name: x\n    creates: ${ROOT}/x\n    apply: touch \"$ROOT/x\"\n"
                ),
                values: values, mode: .apply,
                options: CompileOptions(token: "t", stateFolder: stage.node.path("run")))
            for length in stride(from: 0, to: program.text.utf8.count - 3, by: 97) {
                let half = Array(program.text.utf8.prefix(length))
                _ = try await stage.node.run(RemoteCommand("sh -s", input: half)) { _ in }
            }
            #expect(stage.node.read("x") == nil)
        }
    }

    @Test func noProcessIsLeft() async throws {
        try await Stage.with { stage in
            let marker = "mooc-leak-\(UInt32.random(in: 0...UInt32.max))"
            try await stage.play(
                "name: Leak\nvalues: [MARKER]\nsteps:\n  - name: x\n    check: test -e /tmp && test -n \"${DONE:-}\"\n"
                    + "    apply: 'true'\n", ["MARKER": marker])
            try await eventually { try processes(with: "MARKER=\(marker)").isEmpty }
        }
    }

    private func processes(with text: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { pid in
            guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/environ") else {
                return false
            }
            return String(decoding: data, as: UTF8.self).contains(text)
        }
    }
}
