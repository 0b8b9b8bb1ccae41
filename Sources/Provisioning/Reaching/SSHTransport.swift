package import Playbook
package import SSH

/// An SSH session as a way to run playbooks.
package struct SSHTransport: Transport {
    private let session: Session

    /// Wraps a session that is connected.
    package init(_ session: Session) { self.session = session }

    /// The key that the host showed.
    var hostKey: HostKey? {
        get async { await session.hostKey }
    }

    /// Runs a command over the session; see ``Transport/run(_:onOutput:)``.
    package func run(
        _ command: RemoteCommand, onOutput: @escaping @Sendable (OutputPiece) -> Void
    ) async throws -> CommandEnd {
        let line = SSHCommand(
            command.line, input: command.input, closesInput: command.closesInput, onCancel: command.onCancel,
            reply: command.reply)
        let end = try await session.run(line) { stream, bytes in
            onOutput(OutputPiece(stream == .output ? .output : .error, bytes))
        }
        switch end {
        case .code(let code): return .code(code)
        case .signal: return .signal
        }
    }
}
