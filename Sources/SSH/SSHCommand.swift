/// A command for a host.
package struct SSHCommand: Sendable {
    /// The line for the user's login shell; it is visible in the host's process list.
    package var line: String
    /// Bytes for standard input.
    package var input: [UInt8]
    /// Whether standard input ends after ``input``, or stays open until the command ends.
    package var closesInput: Bool
    /// What is written to standard input when the task is cancelled, where that is open; nil sends SIGTERM.
    package var onCancel: [UInt8]?
    /// What is to be written to standard input, where it is open, after pieces of output were taken.
    package var reply: @Sendable () -> [UInt8]

    /// Makes a command.
    package init(
        _ line: String, input: [UInt8] = [], closesInput: Bool = true, onCancel: [UInt8]? = nil,
        reply: @escaping @Sendable () -> [UInt8] = { [] }
    ) {
        self.line = line
        self.input = input
        self.closesInput = closesInput
        self.onCancel = onCancel
        self.reply = reply
    }
}

/// The two streams of a command's output.
package enum SSHStream: Sendable {
    /// Standard output.
    case output
    /// Standard error.
    case error
}

/// How a command ended.
package enum SSHEnd: Sendable, Hashable {
    /// With an exit code.
    case code(Int32)
    /// By a signal, named without SIG; empty when the host said neither code nor signal.
    case signal(String)
}
