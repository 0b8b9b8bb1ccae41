internal import Glibc

/// Connections over TCP.
enum Network {
    /// Connects to a name or an address, trying all of a name's addresses in the system's order.
    ///
    /// The look-up of a name is the system's and takes as long as its resolver is set to.
    ///
    /// - Throws: `.unreachable`, `.timedOut` or `.cancelled`.
    static func connect(
        to target: Target, wake: Wake, deadline: Deadline
    ) throws(SSHError) -> Descriptor {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_ADDRCONFIG
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(target.hostName, String(target.port), &hints, &list)
        guard status == 0 else {
            throw target.error(
                .unreachable(reason: "\(target.hostName): \(String(cString: gai_strerror(status)))"))
        }
        defer { freeaddrinfo(list) }
        let addresses = Array(sequence(first: list, next: { $0?.pointee.ai_next }).compactMap { $0?.pointee })
        var failure = target.error(.unreachable(reason: "\(target.hostName) has no address"))
        for (index, address) in addresses.enumerated() {
            let share = Double(deadline.milliseconds) / 1000 / Double(addresses.count - index)
            do {
                return try connect(to: target, at: address, wake: wake, deadline: Deadline(seconds: share))
            } catch {
                guard case .cancelled = error.kind else { failure = error; continue }
                throw error
            }
        }
        throw failure
    }

    /// A pair of connected local sockets, which stands in for a connection.
    static func pair(for target: Target, blocks: Bool) throws(SSHError) -> (Int32, Int32) {
        var pair: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | (blocks ? 0 : SOCK_NONBLOCK.rawValue))
        guard socketpair(AF_UNIX, type, 0, &pair) == 0 else {
            throw target.error(.unreachable(reason: lastReason()))
        }
        return (pair[0], pair[1])
    }

    private static func connect(
        to target: Target, at address: addrinfo, wake: Wake, deadline: Deadline
    ) throws(SSHError) -> Descriptor {
        let type = address.ai_socktype | Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let number = socket(address.ai_family, type, address.ai_protocol)
        guard number >= 0 else { throw target.error(.unreachable(reason: lastReason())) }
        let descriptor = Descriptor(number)
        tune(descriptor, silenceLimit: target.silenceLimitSeconds)
        if Glibc.connect(number, address.ai_addr, address.ai_addrlen) == 0 { return descriptor }
        guard errno == EINPROGRESS else { throw target.error(.unreachable(reason: lastReason())) }
        var waits = [
            pollfd(fd: number, events: Int16(POLLOUT), revents: 0),
            pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        while waits[0].revents == 0 {
            guard !Task.isCancelled else { throw target.error(.cancelled(commandMayRun: false)) }
            guard !deadline.hasPassed else {
                throw target.error(.timedOut(waitingFor: "a connection to port \(target.port)"))
            }
            poll(&waits, nfds_t(waits.count), deadline.milliseconds)
        }
        var failure: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(number, SOL_SOCKET, SO_ERROR, &failure, &size)
        guard failure == 0 else {
            throw target.error(
                .unreachable(
                    reason: "port \(target.port): \(String(cString: strerror(failure)))",
                    isRefusal: failure == ECONNREFUSED))
        }
        return descriptor
    }

    /// No Nagle (each round trip would wait 40 ms for the other side's delayed acknowledgement), and a host
    /// that vanished is noticed in time, whether or not something is on its way to it.
    private static func tune(_ descriptor: borrowing Descriptor, silenceLimit: Double) {
        let third = max(1, Int32(clamping: Int(silenceLimit / 3)))
        set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        set(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1)
        set(descriptor, Int32(IPPROTO_TCP), TCP_KEEPIDLE, third)
        set(descriptor, Int32(IPPROTO_TCP), TCP_KEEPINTVL, max(1, third / 2))
        set(descriptor, Int32(IPPROTO_TCP), TCP_KEEPCNT, 4)
        set(descriptor, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, Int32(clamping: Int(silenceLimit * 1000)))
    }

    private static func set(
        _ descriptor: borrowing Descriptor, _ level: Int32, _ option: Int32, _ value: Int32
    ) {
        withUnsafePointer(to: value) {
            _ = setsockopt(descriptor.raw, level, option, $0, socklen_t(MemoryLayout<Int32>.size))
        }
    }

    private static func lastReason() -> String { String(cString: strerror(errno)) }
}
