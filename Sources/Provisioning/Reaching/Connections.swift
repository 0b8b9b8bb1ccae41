import Inventory
import Playbook
import SSH

/// The open ways to hosts: each is opened once, when first asked for, and shared by all that follows.
actor Connections {
    private let connect: @Sendable (Host) async throws -> any Transport
    private let clock: any Clock<Duration>
    /// For how long a host whose way broke is tried again.
    private let patience: Duration
    private var open: [String: (task: Task<any Transport, any Error>, number: Int)] = [:]
    private var count = 0

    /// Makes an empty set.
    init(
        clock: any Clock<Duration> = ContinuousClock(), patience: Duration = .seconds(300),
        _ connect: @escaping @Sendable (Host) async throws -> any Transport
    ) {
        self.clock = clock
        self.patience = patience
        self.connect = connect
    }

    /// The way to a host by its present address.
    ///
    /// - Throws: what connecting throws; a later call tries again.
    func transport(to host: Host) async throws -> any Transport { try await numbered(host).transport }

    /// The way to a host, with the number that ``replace(_:after:to:onLost:)`` wants.
    func numbered(_ host: Host) async throws -> (transport: any Transport, number: Int) {
        let key = "\(host.name) \(host.address)"
        if let (task, number) = open[key] { return (try await task.value, number) }
        let task = Task { [connect] in try await connect(host) }
        count += 1
        let number = count
        open[key] = (task, number)
        return try await withTaskCancellationHandler {
            do {
                return (try await task.value, number)
            } catch {
                if open[key]?.number == number { open[key] = nil }
                throw error
            }
        } onCancel: {
            task.cancel()
        }
    }

    /// A new way to a host whose way broke, as soon as there is one again.
    ///
    /// Who shares the broken way gets the same new one. The pauses between tries grow to 15 seconds, a part of
    /// each by chance.
    ///
    /// - Parameters:
    ///   - number: of the way that broke.
    ///   - error: how it broke.
    ///   - host: the host.
    ///   - onLost: gets the reason, once it is clear that trying makes sense.
    /// - Returns: the new way and its number.
    /// - Throws: `error` when it is none that passes; what connecting throws last when time is up, and at once
    ///   when that does not pass either.
    func replace(
        _ number: Int, after error: any Error, to host: Host, onLost: @Sendable (String) -> Void
    ) async throws -> (transport: any Transport, number: Int) {
        guard let lost = error as? SSHError, lost.isLoss else { throw error }
        onLost(lost.message)
        let key = "\(host.name) \(host.address)"
        if open[key]?.number == number { open[key] = nil }
        var waited = Duration.zero
        var pause = 0.5
        while true {
            do {
                return try await numbered(host)
            } catch let error as SSHError where error.mayPass && waited < patience {
                let rest = Duration.seconds(pause * Double.random(in: 1...1.5))
                try await clock.sleep(for: rest)
                waited += rest
                pause = min(pause * 2, 10)
            }
        }
    }

    /// Forgets a host's way after it broke, so that the next phase opens a new one.
    func forget(_ host: Host) { open["\(host.name) \(host.address)"] = nil }
}

extension SSHError {
    /// Whether a way that stood has broken.
    fileprivate var isLoss: Bool {
        switch kind {
        case .lost, .timedOut: true
        default: false
        }
    }

    /// Whether the same may go well a little later: the network and the host may come back, a refusal stays.
    var mayPass: Bool {
        switch kind {
        case .unreachable, .timedOut, .jumpFailed, .lost, .protocolFailure: true
        default: false
        }
    }
}
