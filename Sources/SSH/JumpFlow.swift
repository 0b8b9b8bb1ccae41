internal import CLibSSH
internal import Glibc

/// One connection through a host on the way, joined to a socket; on that session's thread alone.
final class JumpFlow {
    private static let portion = 64 * 1024
    /// How much may wait for a slow reader before the host on the way is told to wait too.
    private static let patience = 1 << 18

    private let order: JumpOrder
    private let events: ChannelEvents
    private let inbox: Inbox
    private let channel: ChannelHandle
    private let socket: Descriptor
    private let deadline: Deadline
    private var isOpen = false

    /// Takes an order and its socket.
    init(_ order: JumpOrder, _ session: borrowing SessionHandle) {
        let inbox = Inbox()
        let events = ChannelEvents { inbox.bytes += $1 }
        self.order = order
        self.inbox = inbox
        self.events = events
        channel = ChannelHandle(session, events)
        socket = Descriptor(order.socket)
        deadline = Deadline(seconds: order.seconds)
    }

    /// Tells who ordered it that it does not come about, unless it has.
    func fail(_ error: SSHError) {
        if !isOpen { order.opened(.failure(error)) }
    }

    /// How long may be waited; nil where nothing but an event matters.
    var milliseconds: Int32? { isOpen ? nil : deadline.milliseconds }

    /// What to wait for on its socket; a negative descriptor waits for nothing.
    func wanted(_ session: borrowing SessionHandle) -> (descriptor: Int32, events: Int32) {
        var events: Int32 = 0
        if room(session) > 0 { events |= POLLIN }
        if !inbox.bytes.isEmpty { events |= POLLOUT }
        // A socket whose other end is closed would end every wait, whatever is asked for.
        return events == 0 ? (-1, 0) : (socket.raw, events)
    }

    /// Does what can be done without waiting.
    ///
    /// - Parameters:
    ///   - session: the session of the host on the way.
    ///   - target: that host, for errors.
    /// - Returns: whether it goes on.
    func advance(_ session: borrowing SessionHandle, _ target: Target) -> Bool {
        guard isOpen || open(session, target) else { return false }
        return !isOpen || passDown() && passUp(session)
    }

    private func open(_ session: borrowing SessionHandle, _ target: Target) -> Bool {
        let rc = ssh_channel_open_forward(channel.raw, order.name, Int32(order.port), "127.0.0.1", 0)
        let place = "\(order.name):\(order.port)"
        if rc == SSH_AGAIN {
            guard deadline.hasPassed else { return true }
            fail(target.error(.timedOut(waitingFor: "a connection from there to \(place)")))
            return false
        }
        guard rc == SSH_OK else {
            fail(target.error(.jumpFailed(reason: session.failure("it refuses \(place)"))))
            return false
        }
        isOpen = true
        order.opened(.success(()))
        return true
    }

    /// From the channel to the socket; false at the end.
    private func passDown() -> Bool {
        guard inbox.drain(into: socket) else { return false }
        while events.isHeldBack, inbox.bytes.count < Self.patience {
            var piece = [UInt8](repeating: 0, count: Self.portion)
            let count = ssh_channel_read_nonblocking(channel.raw, &piece, UInt32(piece.count), 0)
            guard count > 0 else { events.isHeldBack = false; break }
            inbox.bytes += piece.prefix(Int(count))
        }
        events.isFull = inbox.bytes.count >= Self.patience
        return ssh_channel_is_eof(channel.raw) == 0 || !inbox.bytes.isEmpty
    }

    /// From the socket to the channel; false at the end.
    private func passUp(_ session: borrowing SessionHandle) -> Bool {
        var piece = [UInt8](repeating: 0, count: Self.portion)
        while true {
            let room = room(session)
            guard room > 0 else { return true }
            let count = read(socket.raw, &piece, room)
            guard count > 0 else {
                if count < 0, errno == EAGAIN || errno == EINTR { return true }
                ssh_channel_send_eof(channel.raw)
                return false
            }
            guard ssh_channel_write(channel.raw, &piece, UInt32(count)) == count else { return false }
        }
    }

    /// How much the channel takes now.
    private func room(_ session: borrowing SessionHandle) -> Int {
        guard isOpen, ssh_get_poll_flags(session.raw) & SSH_WRITE_PENDING == 0 else { return 0 }
        return min(Self.portion, Int(ssh_channel_window_size(channel.raw)))
    }
}

/// What came through a channel and waits for the socket's reader.
private final class Inbox {
    var bytes: [UInt8] = []

    /// Writes what the socket takes; false when its reader is gone.
    func drain(into socket: borrowing Descriptor) -> Bool {
        var written = 0
        defer { bytes.removeFirst(written) }
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                send(
                    socket.raw, $0.baseAddress?.advanced(by: written), $0.count - written, Int32(MSG_NOSIGNAL)
                )
            }
            guard count > 0 else { return errno == EAGAIN || errno == EINTR }
            written += count
        }
        return true
    }
}
