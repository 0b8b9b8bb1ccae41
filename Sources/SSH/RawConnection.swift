internal import CLibSSH
internal import Glibc

/// A connection over which nothing is encrypted yet; used on one thread alone.
struct RawConnection: ~Copyable {
    /// Why it is of no use any more.
    enum Failure: Error {
        /// The host says something else than what it was asked for; a sentence about it.
        case silence(String)
        /// The connection has ended, or the waiting.
        case ended(SSHError.Kind)
    }

    private let socket: Descriptor
    private let wake: Wake
    private let deadline: Deadline

    /// Talks over a socket, as long as nobody wakes it and the deadline has not passed.
    init(_ socket: consuming Descriptor, wake: Wake, deadline: Deadline) {
        self.socket = socket
        self.wake = wake
        self.deadline = deadline
    }

    /// Tells the host which protocol is spoken, and reads its own line; those before it are for people (RFC 4253, 4.2).
    func greet() throws(Failure) {
        try write(KeyExchange.greeting)
        var bytes = 0
        var line: [UInt8] = []
        while bytes < 8192 {
            let byte = try read(1)
            bytes += 1
            guard byte == [UInt8(ascii: "\n")] else { line += byte; continue }
            if line.starts(with: "SSH-".utf8) { return }
            line = []
        }
        throw .silence("it does not speak SSH")
    }

    /// Sends a message.
    func send(_ message: [UInt8]) throws(Failure) { try write(KeyExchange.packet(message)) }

    /// The host's next message of one kind; those of other kinds, which may come at any time, are passed over.
    func message(_ kind: UInt8) throws(Failure) -> [UInt8] {
        for _ in 0..<32 {
            let count = try read(4).reduce(0) { $0 << 8 | Int($1) }
            guard (2...KeyExchange.limit).contains(count) else { throw .silence("it talks nonsense") }
            let body = try read(count)
            let message = Array(body.dropFirst().dropLast(Int(body[0])))
            if message.first == kind { return message }
            if message.first == KeyExchange.Message.disconnect { break }
        }
        throw .silence("it does not go on to show its key")
    }

    private func write(_ bytes: [UInt8]) throws(Failure) {
        var position = 0
        while position < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    socket.raw, $0.baseAddress?.advanced(by: position), $0.count - position,
                    Int32(MSG_NOSIGNAL))
            }
            if count > 0 { position += count } else { try wait(POLLOUT, count) }
        }
    }

    private func read(_ count: Int) throws(Failure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var position = 0
        while position < count {
            let got = bytes.withUnsafeMutableBytes {
                recv(socket.raw, $0.baseAddress?.advanced(by: position), count - position, 0)
            }
            if got > 0 { position += got } else { try wait(POLLIN, got) }
        }
        return bytes
    }

    /// Waits until the socket can go on, after a call that could not.
    private func wait(_ events: Int32, _ result: Int) throws(Failure) {
        guard result < 0 else {
            throw .ended(.lost(reason: "it hung up while it was asked for its certificate"))
        }
        guard errno == EAGAIN || errno == EINTR else {
            throw .ended(.lost(reason: String(cString: strerror(errno))))
        }
        guard !Task.isCancelled else { throw .ended(.cancelled(commandMayRun: false)) }
        guard !deadline.hasPassed else { throw .ended(.timedOut(waitingFor: "its certificate")) }
        var waits = [
            pollfd(fd: socket.raw, events: Int16(events), revents: 0),
            pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        poll(&waits, nfds_t(waits.count), deadline.milliseconds)
    }
}
