/// A way to run one command on one host.
///
/// SSH and the local machine conform to it; so does the tests' fake node.
package protocol Transport: Sendable {
    /// Runs a command through the host's login shell and streams both of its outputs.
    ///
    /// Standard input stays open until the command ends, so that the caller can tell the program something
    /// while it runs. Cancelling the task sends ``RemoteCommand/onCancel`` to standard input and goes on
    /// waiting for the end, so that a step that must not be cut is not.
    ///
    /// - Parameters:
    ///   - command: what to run.
    ///   - onOutput: called in order for each piece of output.
    /// - Returns: how it ended.
    /// - Throws: what the transport throws when the host is lost or cannot run commands.
    func run(
        _ command: RemoteCommand, onOutput: @escaping @Sendable (OutputPiece) -> Void
    ) async throws -> CommandEnd
}

/// What to run on a host.
package struct RemoteCommand: Sendable {
    /// The command line for the login shell; it is visible in process lists, so it carries no secret.
    package var line: String
    /// What it does, as a person would type it, without secrets; nil where that is told in another way.
    package var title: String?
    /// Bytes for standard input: programs, secrets, files.
    package var input: [UInt8]
    /// Whether standard input is closed after `input`, or kept open until the end (the compiled programs
    /// listen on it).
    package var closesInput: Bool
    /// What is written to standard input when the task is cancelled; nil ends the command with SIGTERM.
    package var onCancel: [UInt8]?
    /// What is to be written to standard input, where it is open, after a piece of output was taken.
    package var reply: @Sendable () -> [UInt8]

    /// Makes a command.
    package init(
        _ line: String, title: String? = nil, input: [UInt8] = [], closesInput: Bool = true,
        onCancel: [UInt8]? = nil, reply: @escaping @Sendable () -> [UInt8] = { [] }
    ) {
        self.line = line
        self.title = title
        self.input = input
        self.closesInput = closesInput
        self.onCancel = onCancel
        self.reply = reply
    }
}

/// A piece of a command's output.
package struct OutputPiece: Sendable {
    /// Which of the two streams.
    package enum Stream: Sendable { case output, error }

    /// Which of the two streams.
    package let stream: Stream
    /// The bytes, as they came.
    package let bytes: [UInt8]

    /// Makes a piece.
    package init(_ stream: Stream, _ bytes: [UInt8]) {
        self.stream = stream
        self.bytes = bytes
    }
}

/// How a command ended.
package enum CommandEnd: Sendable, Hashable {
    /// With an exit code.
    case code(Int32)
    /// By a signal, or in a way that the transport cannot tell.
    case signal
}
