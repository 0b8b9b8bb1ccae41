package import Playbook
package import SSH

/// An SSH session as a way to run playbooks.
package struct SSHTransport: Transport {
    private let session: Session
    private let onCommand: @Sendable (String) -> Void

    /// Wraps a session that is connected; `onCommand` is called with the title of each command that has one, before it
    /// runs.
    package init(_ session: Session, onCommand: @escaping @Sendable (String) -> Void = { _ in }) {
        self.session = session
        self.onCommand = onCommand
    }

    /// The key that the host showed.
    var hostKey: HostKey? {
        get async { await session.hostKey }
    }

    /// Runs a command over the session; see ``Transport/run(_:onOutput:)``.
    package func run(
        _ command: RemoteCommand, onOutput: @escaping @Sendable (OutputPiece) -> Void
    ) async throws -> CommandEnd {
        command.title.map(onCommand)
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
