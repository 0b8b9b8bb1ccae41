internal import CLibSSH

/// What is still to be written to a command's standard input.
struct ChannelInput {
    /// How much is handed to libssh at once: enough to fill a fast link, little enough to keep its buffer
    /// small.
    private static let portion = 128 * 1024

    private var bytes: [UInt8]
    private var position = 0
    private var closesAfter: Bool
    private var onCancel: [UInt8]?
    private let reply: @Sendable () -> [UInt8]
    private var hasEnded = false
    private var isCancelled = false

    /// The input of a command.
    init(_ command: SSHCommand) {
        bytes = command.input
        closesAfter = command.closesInput
        onCancel = command.onCancel
        reply = command.reply
    }

    /// Writes as much as the host's window and the socket take now.
    ///
    /// - Returns: false when libssh cannot go on; a host that no longer reads is no failure.
    mutating func write(to channel: borrowing ChannelHandle, of session: borrowing SessionHandle) -> Bool {
        if !closesAfter, ssh_channel_is_closed(channel.raw) == 0 { bytes += reply() }
        while !hasEnded, position < bytes.count {
            // What libssh takes it keeps in memory until the socket takes it.
            guard ssh_get_poll_flags(session.raw) & SSH_WRITE_PENDING == 0 else { return true }
            let count = min(Self.portion, bytes.count - position, Int(ssh_channel_window_size(channel.raw)))
            guard count > 0 else { return true }
            let written = bytes.withUnsafeBytes {
                ssh_channel_write(channel.raw, $0.baseAddress?.advanced(by: position), UInt32(count))
            }
            guard written >= 0 else { return ssh_channel_is_closed(channel.raw) != 0 }
            guard written > 0 else { return true }
            position += Int(written)
        }
        guard closesAfter, !hasEnded else { return true }
        hasEnded = true
        // SSH_AGAIN says that it is on its way.
        return ssh_channel_send_eof(channel.raw) != SSH_ERROR
    }

    /// Tells the command that it is to end, through its input where it listens there.
    ///
    /// - Returns: whether it was told now or before; false when it does not listen.
    mutating func tellCancellation() -> Bool {
        guard !isCancelled else { return true }
        guard let onCancel, !hasEnded else { return false }
        isCancelled = true
        bytes += onCancel
        return true
    }
}

/// When a command is over although the host has not closed its channel.
struct ChannelEnding {
    /// How long a command may go on after SIGTERM.
    private static let grace = 10.0
    /// How long an ended command's channel may be silent: a daemon that it left behind may hold the outputs
    /// open for ever, and what the command itself wrote comes within this time.
    private static let silence = 3.0

    private var graceEnd: Deadline?
    private var silenceEnd: Deadline?
    private var pieces = 0

    /// Starts the time that a command has after a signal.
    mutating func startGrace() {
        if graceEnd == nil { graceEnd = Deadline(seconds: Self.grace) }
    }

    /// Whether a command was sent a signal.
    var isInGrace: Bool { graceEnd != nil }

    /// Whether a command that was sent a signal has had its time.
    var isGraceOver: Bool { graceEnd?.hasPassed ?? false }

    /// How the command ended, when nothing more is to be expected of its channel.
    mutating func verdict(on events: ChannelEvents) -> SSHEnd? {
        guard let end = events.end else { return nil }
        if silenceEnd == nil || events.pieces != pieces { silenceEnd = Deadline(seconds: Self.silence) }
        pieces = events.pieces
        return silenceEnd?.hasPassed ?? false ? end : nil
    }

    /// How long the next wait may be; −1 is without end.
    var milliseconds: Int32 {
        if let silenceEnd { return silenceEnd.milliseconds }
        return graceEnd?.milliseconds ?? -1
    }
}
