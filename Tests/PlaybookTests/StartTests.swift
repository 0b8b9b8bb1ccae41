import Foundation
import Playbook
import TestSupport
import Testing

@Suite struct StartTests {
    static let fine = "name: Fine\nsteps:\n  - name: fine\n    creates: /etc\n    apply: 'true'\n"

    @Test(arguments: FakeNode.Shell.allCases)
    func shellThatCannotBeReadIsNamedAndNothingRuns(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let text = """
                name: Broken
                values: [ROOT]
                steps:
                  - name: would run
                    creates: ${ROOT}/x
                    apply: touch "$ROOT/x"
                  - name: is broken
                    check: if true; fi
                    apply: 'true'
                """
            do {
                try await stage.play(text)
                Issue.record("it ran")
            } catch PlaybookError.unreadable(let step, let output) {
                // busybox does not say in which line it stumbled.
                #expect(step == (shell == .busybox ? nil : "is broken"))
                #expect(output.contains { $0.lowercased().contains("syntax error") })
            }
            #expect(stage.node.read("x") == nil)
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func aProgramThatIsKilledSaysInWhichStep(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let error = await #expect(throws: PlaybookError.self) {
                try await stage.play(
                    "name: Kill\nsteps:\n  - name: kills\n    check: kill -9 $$\n    apply: 'true'\n")
            }
            // The shell that the transport starts may be the one that is killed, or the one above it.
            #expect(
                [.cutShort(.signal, step: "kills"), .cutShort(.code(137), step: "kills")].contains(error))
        }
    }

    @Test func aLoginWithoutAShellShowsWhatCameInstead() async throws {
        try await Stage.with { stage in
            let bare = Told(line: "echo 'This account is currently not available.'; exit 1")
            await #expect(
                throws: PlaybookError.notStarted(
                    .code(1), output: ["This account is currently not available."])
            ) {
                try await stage.runner.run(
                    playbook(Self.fine), values: Values(), mode: .apply, privilege: .none, on: bare)
            }
        }
    }

    @Test func aBannerDoesNotDisturb() async throws {
        try await Stage.with { stage in
            let list = stage.events
            let result = try await stage.runner.run(
                playbook(Self.fine), values: Values(), mode: .apply, privilege: .none,
                on: Told(line: "printf 'Welcome!\\nno newline'; exec sh -s"), onEvent: { list.add($0) })
            #expect(outcomes(result) == ["ok"])
            #expect(list.lines.isEmpty)
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func aValueMayBeLong(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let long = String(repeating: "kind: Long # it's\n", count: 20_000)
            let result = try await stage.play(
                """
                name: Long
                values: [ROOT, LONG]
                steps:
                  - name: it is a file
                    file: ${ROOT}/long
                    content: ${LONG}
                  - name: it comes back
                    register: BACK
                    value: cat "$ROOT/long"
                  - name: programs still start
                    check: /usr/bin/test "${#BACK}" -gt 100000
                    apply: 'false'
                """, ["LONG": long])
            #expect(outcomes(result) == ["changed", "ok", "ok"])
            #expect(stage.node.read("long") == long)
            #expect(result.registered["BACK"] == String(long.dropLast()))
        }
    }
}

/// A transport that runs one command line, whatever it is asked to run.
private struct Told: Transport {
    let line: String

    func run(
        _ command: RemoteCommand, onOutput: @escaping @Sendable (OutputPiece) -> Void
    ) async throws -> CommandEnd {
        var command = command
        command.line = line
        return try await LocalTransport(environment: ["PATH=/usr/bin:/bin"]).run(command, onOutput: onOutput)
    }
}
