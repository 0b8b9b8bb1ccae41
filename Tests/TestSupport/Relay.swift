import Foundation
import Glibc
import Synchronization

/// A TCP relay on loopback that stands for a bad network: slow, cut after so many bytes, silent, or down.
///
/// All of it can be changed while connections stand. One thread carries everything; ``stop()`` ends it.
package final class Relay: Sendable {
    /// What can be changed from outside.
    private struct Control {
        var delay: Duration = .zero
        /// At how many bytes in all the next cuts come.
        var cutsAt: [Int] = []
        var cuts = 0
        var isCutForGood = false
        var isSilent = false
        var isDown = false
        var hasStopped = false
        var bytes = 0
        var connections = 0
        var roundTrips = 0
    }

    /// Where it listens, on 127.0.0.1.
    package let port: UInt16
    private let target: UInt16
    private let listener: Int32
    private let control = Mutex(Control())

    /// Starts a relay to a port of loopback.
    ///
    /// - Throws: ``NeverCame`` when there is no socket to listen on.
    package init(to target: UInt16) throws {
        self.target = target
        listener = socket(
            AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        var address = Self.loopback(0)
        let status = Self.with(&address) { [listener] in bind(listener, $0, size) + listen(listener, 128) }
        guard status == 0 else { throw NeverCame() }
        var actual = size
        _ = Self.with(&address) { [listener] in getsockname(listener, $0, &actual) }
        port = UInt16(bigEndian: address.sin_port)
        Thread { [self] in carry() }.start()
    }

    /// Makes each byte take that long, each way.
    package func delay(_ delay: Duration) { control.withLock { $0.delay = delay } }

    /// Cuts all connections once that many bytes, both ways together, have passed from now on.
    ///
    /// After the next number of bytes it cuts those that stand then, and so on. New connections are taken at once, but
    /// for good means that those after the last cut are cut as soon as they stand. No number cuts none.
    package func cut(afterBytes counts: Int..., forGood: Bool = false) {
        control.withLock { control in
            control.isCutForGood = forGood
            var place = control.bytes
            control.cutsAt = counts.map { count in
                place += count
                return place
            }
        }
    }

    /// Lets nothing through, with connections standing and new ones taken, or again everything, what was held first.
    package func silence(_ isSilent: Bool) { control.withLock { $0.isSilent = isSilent } }

    /// Cuts all connections and takes no new ones, or takes them again.
    package func takeDown(_ isDown: Bool) { control.withLock { $0.isDown = isDown } }

    /// The bytes that passed so far, both ways together.
    package var bytes: Int { control.withLock { $0.bytes } }

    /// How often it has cut all connections after so many bytes.
    package var cuts: Int { control.withLock { $0.cuts } }

    /// How many connections were made so far.
    package var connections: Int { control.withLock { $0.connections } }

    /// How often a client spoke after its server had spoken, which is one round trip each; with a delay, what is sent
    /// in one breath counts once.
    package var roundTrips: Int { control.withLock { $0.roundTrips } }

    /// Ends it with all its connections.
    package func stop() { control.withLock { $0.hasStopped = true } }

    private func carry() {
        var wires: [RelayWire] = []
        while true {
            let control = control.withLock { $0 }
            if control.hasStopped { break }
            if control.isDown { wires = [] } else { take(&wires) }
            var passed = 0
            var trips = 0
            wires.removeAll { wire in
                wire.receive()
                guard !control.isSilent else { return false }
                let left = control.cutsAt.first.map { $0 - control.bytes - passed } ?? .max
                let result = wire.pass(after: control.delay, atMost: left)
                passed += result.bytes
                if result.isRoundTrip { trips += 1 }
                return result.hasEnded
            }
            let isCut = self.control.withLock { control in
                control.bytes += passed
                control.roundTrips += trips
                guard let place = control.cutsAt.first, control.bytes >= place else { return false }
                if control.cutsAt.count > 1 || !control.isCutForGood { control.cutsAt.removeFirst() }
                control.cuts += 1
                return true
            }
            if isCut { wires = [] }
            // Looked at a thousand times a second: enough for a network, little for a machine.
            usleep(1000)
        }
        wires = []
        close(listener)
    }

    private func take(_ wires: inout [RelayWire]) {
        while true {
            let client = accept(listener, nil, nil)
            guard client >= 0 else { return }
            // What a test starts must not keep the connection.
            _ = fcntl(client, F_SETFD, FD_CLOEXEC)
            let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
            var address = Self.loopback(target)
            let status = Self.with(&address) {
                connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
            control.withLock { $0.connections += 1 }
            let wire = RelayWire(client: client, server: server)
            if status == 0 { wires.append(wire) }
        }
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return address
    }

    private static func with(_ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>) -> Int32)
        -> Int32
    {
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
        }
    }
}
