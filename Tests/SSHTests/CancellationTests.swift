import SSH
import Testing

extension SSHTests {
    @Suite struct CancellationTests {
        @Test func writesTheCancellationAndWaits() async throws {
            try await Sshd.with { sshd in
                let session = try await Session.connect(sshd.settings)
                let output = Collected()
                let command = SSHCommand(
                    "echo ready; read word; echo told $word; exit 7", closesInput: false,
                    onCancel: Array("stop\n".utf8))
                let task = Task { try await session.run(command) { output.add($0, $1) } }
                try await poll { output.text(.output) == "ready\n" }
                task.cancel()
                #expect(try await task.value == .code(7))
                #expect(output.text(.output) == "ready\ntold stop\n")
                #expect(try await session.collect(SSHCommand("echo on")).output == Array("on\n".utf8))
            }
        }

        @Test func endsACommandBySignal() async throws {
            try await Sshd.with { sshd in
                let session = try await Session.connect(sshd.settings)
                let output = Collected()
                let task = Task {
                    try await session.run(SSHCommand("echo ready; exec sleep 30")) { output.add($0, $1) }
                }
                try await poll { output.text(.output) == "ready\n" }
                task.cancel()
                #expect(try await task.value == .signal("TERM"))
            }
        }

        @Test func leavesACommandThatDoesNotEnd() async throws {
            try await Sshd.with { sshd in
                let session = try await Session.connect(sshd.settings)
                let output = Collected()
                let line = "trap '' TERM; echo ready; exec sleep 30"
                let task = Task { try await session.run(SSHCommand(line)) { output.add($0, $1) } }
                try await poll { output.text(.output) == "ready\n" }
                task.cancel()
                let error = await #expect(throws: SSHError.self) { _ = try await task.value }
                #expect(error?.kind == .cancelled(commandMayRun: true))
                #expect(try await session.collect(SSHCommand("echo on")).output == Array("on\n".utf8))
            }
        }

        @Test func doesNotStartWhatIsAlreadyCancelled() async throws {
            try await Sshd.with { sshd in
                let session = try await Session.connect(sshd.settings)
                let task = Task {
                    while !Task.isCancelled { await Task.yield() }
                    return try await session.run(SSHCommand("touch \(sshd.folder)/ran")) { _, _ in }
                }
                task.cancel()
                let error = await #expect(throws: SSHError.self) { _ = try await task.value }
                #expect(error?.kind == .cancelled(commandMayRun: false))
            }
        }
    }
}
