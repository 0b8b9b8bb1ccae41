import Glibc

/// One connection through a relay; on the relay's thread alone.
final class RelayWire {
    private struct Piece {
        let due: ContinuousClock.Instant
        var bytes: ArraySlice<UInt8>
    }

    private struct Way {
        let from: Int32
        let to: Int32
        var pieces: [Piece] = []
        var hasEnded = false
    }

    private var ways: [Way]
    private var buffer = [UInt8](repeating: 0, count: 1 << 17)
    private var serverHasSpoken = false
    private var clientSpokeLast = true

    /// Takes over both sockets.
    init(client: Int32, server: Int32) {
        for socket in [client, server] {
            var one: Int32 = 1
            setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        }
        ways = [Way(from: client, to: server), Way(from: server, to: client)]
    }

    deinit { for way in ways { close(way.from) } }

    /// Takes what has come, as long as no more than a few megabytes are on their way.
    func receive() {
        for index in ways.indices where !ways[index].hasEnded && ways[index].pieces.count < 64 {
            let count = recv(ways[index].from, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count > 0 {
                ways[index].pieces.append(Piece(due: .now, bytes: buffer[..<count]))
            } else if count == 0 || errno != EAGAIN {
                ways[index].hasEnded = true
            }
        }
    }

    /// Hands on what has been long enough on its way.
    ///
    /// - Parameters:
    ///   - delay: how long that is.
    ///   - limit: how many bytes may pass.
    /// - Returns: how many did, whether a round trip began, and whether the connection has ended.
    func pass(after delay: Duration, atMost limit: Int) -> (bytes: Int, isRoundTrip: Bool, hasEnded: Bool) {
        var total = 0
        var isRoundTrip = false
        for index in ways.indices {
            var isSpeaking = false
            while let piece = ways[index].pieces.first, piece.due + delay <= .now, total < limit {
                let bytes = Array(piece.bytes.prefix(limit - total))
                let count = send(
                    ways[index].to, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
                guard count > 0 else {
                    if errno != EAGAIN { return (total, isRoundTrip, true) }
                    break
                }
                isSpeaking = true
                total += count
                ways[index].pieces[0].bytes.removeFirst(count)
                if ways[index].pieces[0].bytes.isEmpty { ways[index].pieces.removeFirst() }
            }
            guard isSpeaking else { continue }
            if index == 0 {
                isRoundTrip = serverHasSpoken && !clientSpokeLast
                clientSpokeLast = true
            } else {
                serverHasSpoken = true
                clientSpokeLast = false
            }
        }
        return (total, isRoundTrip, ways.contains { $0.hasEnded && $0.pieces.isEmpty })
    }
}
