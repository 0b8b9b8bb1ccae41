internal import CLibSSH
internal import Glibc

/// A way to a host through another one: a channel of a session there, joined to a local socket.
///
/// libssh's own ProxyJump would start the operator's `ssh`, with its own rules for host keys.
enum Jump {
    /// Connects to the last host on the way and joins its channel to a socket.
    ///
    /// - Parameters:
    ///   - last: the host that connects to the target.
    ///   - before: the hosts on the way to it.
    ///   - target: where the channel leads.
    ///   - socket: the far end of the target's socket; it is closed when the channel ends.
    /// - Returns: the task that carries the bytes, and holds the session, until one side hangs up.
    /// - Throws: what connecting throws, about the host on the way; `.jumpFailed` when that one refuses to
    ///   go on.
    static func start(
        through last: SSHSettings, before: [SSHSettings], to target: Target, _ socket: consuming Descriptor
    ) async throws(SSHError) -> Task<Void, Never> {
        var last = last
        if !before.isEmpty { last.jump = before }
        let session = try await Session.connect(last)
        let number = socket.release()
        let (news, opened) = AsyncStream.makeStream(of: Result<Void, SSHError>.self)
        let carrier = Task {
            await session.carry(Descriptor(number), to: target.hostName, target.port) { opened.yield($0) }
            opened.finish()
        }
        for await result in news {
            try result.get()
            return carrier
        }
        carrier.cancel()
        throw target.error(.cancelled(commandMayRun: false))
    }
}

extension Session {
    /// How much may wait for a slow reader before nothing more is taken from the connection.
    private static let patience = 1 << 20

    /// Opens a connection from this host to another, and carries bytes between it and a socket until one
    /// side hangs up.
    ///
    /// - Parameters:
    ///   - socket: the socket, not blocking.
    ///   - name: the host to connect to, as this host knows it.
    ///   - port: its port.
    ///   - opened: told once whether the connection stands.
    func carry(
        _ socket: consuming Descriptor, to name: String, _ port: UInt16,
        opened: @escaping @Sendable (Result<Void, SSHError>) -> Void
    ) async {
        let number = socket.release()
        _ = try? await interruptible { session throws(SSHError) -> Void in
            let socket = Descriptor(number)
            let flow = Flow()
            let channel = ChannelHandle(session.ssh, ChannelEvents { flow.pending += $1 })
            do throws(SSHError) {
                try session.open(channel, to: name, port)
            } catch {
                opened(.failure(error))
                throw error
            }
            opened(.success(()))
            session.pump(socket, channel, flow)
        }
    }

    private func open(_ channel: borrowing ChannelHandle, to name: String, _ port: UInt16) throws(SSHError) {
        deadline = Deadline(seconds: target.timeoutSeconds)
        let rc = try settle("a connection to \(name):\(port)") {
            ssh_channel_open_forward(channel.raw, name, Int32(port), "127.0.0.1", 0)
        }
        guard rc == SSH_OK else {
            throw target.error(.jumpFailed(reason: ssh.failure("it refuses \(name):\(port)")))
        }
    }

    private func pump(_ socket: borrowing Descriptor, _ channel: borrowing ChannelHandle, _ flow: Flow) {
        let poller = PollerHandle(ssh)
        var piece = [UInt8](repeating: 0, count: 64 * 1024)
        while !Task.isCancelled {
            let isFull = flow.pending.count > Self.patience
            guard isFull || poller.take(), flow.drain(into: socket) else { return }
            guard ssh_channel_is_eof(channel.raw) == 0 || !flow.pending.isEmpty else { return }
            let room = min(piece.count, Int(ssh_channel_window_size(channel.raw)))
            let canWrite = room > 0 && ssh_get_poll_flags(ssh.raw) & SSH_WRITE_PENDING == 0
            if canWrite {
                let count = read(socket.raw, &piece, room)
                if count > 0 {
                    guard ssh_channel_write(channel.raw, &piece, UInt32(count)) == count else { return }
                    continue
                }
                guard count < 0, errno == EAGAIN || errno == EINTR else {
                    ssh_channel_send_eof(channel.raw)
                    return
                }
            }
            let reading = canWrite ? POLLIN : 0
            wait(-1, or: (socket.raw, flow.pending.isEmpty ? reading : reading | POLLOUT))
        }
    }
}

/// What came through a channel and waits for the socket's reader; on the session's thread alone.
private final class Flow {
    var pending: [UInt8] = []

    /// Writes what the socket takes; false when its reader is gone.
    func drain(into socket: borrowing Descriptor) -> Bool {
        var written = 0
        defer { pending.removeFirst(written) }
        while written < pending.count {
            let count = pending.withUnsafeBytes {
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
