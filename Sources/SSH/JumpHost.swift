internal import Synchronization

/// A session to a host on the way, which carries connections to the hosts behind it until nobody holds it.
///
/// libssh's own ProxyJump would start the operator's `ssh`, with its own rules for host keys.
final class JumpHost: Sendable {
    private let session: Session
    private let orders = JumpOrders()
    private let carrier: Task<Void, Never>

    /// Takes over a session that is connected.
    init(_ session: Session) {
        self.session = session
        carrier = Task { [orders] in await session.carry(orders) }
    }

    deinit { carrier.cancel() }

    /// Whether it still carries.
    var isOpen: Bool { orders.isOpen }

    /// Opens a connection from that host to another.
    ///
    /// - Parameters:
    ///   - socket: one end of a pair of sockets, not blocking; it is closed when the connection ends.
    ///   - target: where it leads.
    /// - Throws: `.jumpFailed` when that host refuses to go on, `.lost` when it is gone, `.cancelled`.
    func connect(_ socket: consuming Descriptor, to target: Target) async throws(SSHError) {
        let number = socket.release()
        let (news, opened) = AsyncStream.makeStream(of: Result<Void, SSHError>.self)
        let order = JumpOrder(
            name: target.hostName, port: target.port, seconds: target.timeoutSeconds, socket: number
        ) {
            opened.yield($0)
            opened.finish()
        }
        guard orders.add(order, session.wake) else {
            _ = Descriptor(number)
            throw target.error(.lost(reason: "the connection to the host on the way to it has ended"))
        }
        for await result in news { return try result.get() }
        throw target.error(.cancelled(commandMayRun: false))
    }
}

/// A connection that is wanted from a host on the way.
struct JumpOrder: Sendable {
    /// The host to connect to, as the host on the way knows it.
    let name: String
    /// Its port.
    let port: UInt16
    /// How long that may take.
    let seconds: Double
    /// The socket that it is joined to, owned by who takes the order.
    let socket: Int32
    /// Told once whether the connection stands.
    let opened: @Sendable (Result<Void, SSHError>) -> Void
}

/// The orders that a host on the way has not taken yet.
final class JumpOrders: Sendable {
    private let waiting = Mutex<[JumpOrder]?>([])

    /// Whether orders are taken.
    var isOpen: Bool { waiting.withLock { $0 != nil } }

    /// Leaves an order and wakes who takes them; false when nobody does any more.
    func add(_ order: JumpOrder, _ wake: Wake) -> Bool {
        let isTaken = waiting.withLock { waiting in
            waiting?.append(order)
            return waiting != nil
        }
        wake.raise()
        return isTaken
    }

    /// Takes all orders.
    func take() -> [JumpOrder] {
        waiting.withLock { waiting in
            defer { if waiting != nil { waiting = [] } }
            return waiting ?? []
        }
    }

    /// Takes what is left, and no more from now on.
    func close() -> [JumpOrder] {
        waiting.withLock { waiting in
            defer { waiting = nil }
            return waiting ?? []
        }
    }
}
