import Glibc
import Synchronization

/// Passes one connection on, each way with a delay, and counts how often the client speaks after the server has spoken.
///
/// That is one round trip each; the delay keeps what is sent in one breath together.
final class Relay: Sendable {
    private static let delay: useconds_t = 30_000
    private let count = Mutex(0)

    /// The round trips so far.
    var roundTrips: Int { count.withLock { $0 } }

    /// Waits for the caller of a listener and carries bytes between it and a port of loopback until one hangs up.
    ///
    /// It blocks, so it is called on a thread of its own.
    func carry(from listener: Listener, to port: UInt16) {
        var caller: Int32 = -1
        while caller < 0 {
            caller = listener.take()
            usleep(1000)
        }
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        var waits = [
            pollfd(fd: caller, events: Int16(POLLIN), revents: 0),
            pollfd(fd: server, events: Int16(POLLIN), revents: 0),
        ]
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        var serverSpokeLast = true
        // Both begin unasked, and in a real network the server's first word is there as soon as the connection is.
        for index in 0..<2 { poll(&waits[index], 1, -1) }
        while poll(&waits, 2, -1) > 0 {
            usleep(Self.delay)
            poll(&waits, 2, 0)
            // Where both have spoken at once, neither has answered the other.
            let both = waits.allSatisfy { $0.revents != 0 }
            for (from, to) in [(0, 1), (1, 0)] where waits[from].revents != 0 {
                let length = read(waits[from].fd, &piece, piece.count)
                guard length > 0 else {
                    close(caller)
                    close(server)
                    return
                }
                if from == 0, serverSpokeLast { count.withLock { $0 += 1 } }
                _ = write(waits[to].fd, piece, length)
                serverSpokeLast = from == 1 && !both
            }
        }
    }
}
