package import Inventory
import Playbook

/// One operator at a time a cluster: the lock on its first control plane that runs hold from start to end.
///
/// Where that host cannot be reached, or nobody can become root there, work begins without the lock: whatever needs
/// that host stops at the same obstacle and says more about it, and a reset of other hosts must be possible. The lock
/// is then tried for again and again, as it is when the connection that held it breaks.
package struct ClusterLock: Sendable {
    /// Where locks are on hosts: on every Debian a folder in memory, where only root may write.
    package static let folder = "/run/mooc-cluster/locks"

    private let cluster: Cluster
    private let surroundings: Surroundings
    private let holder: LockHolder
    private let takesOver: Bool
    private let folder: String
    private let sleep: @Sendable (Duration) async throws -> Void
    private let say: @Sendable (String) -> Void

    /// Makes the lock of a cluster; nothing is opened yet.
    ///
    /// - Parameters:
    ///   - cluster: the inventory.
    ///   - surroundings: the ways to hosts.
    ///   - holder: who wants it.
    ///   - takesOver: whether it is taken from whoever holds it.
    ///   - folder: where it is on the host.
    ///   - sleep: waits, until the task is cancelled.
    ///   - say: called with what a person should know while the lock is held.
    package init(
        _ cluster: Cluster, _ surroundings: Surroundings, for holder: LockHolder, takesOver: Bool,
        folder: String = ClusterLock.folder, sleep: @escaping @Sendable (Duration) async throws -> Void,
        say: @escaping @Sendable (String) -> Void
    ) {
        self.cluster = cluster
        self.surroundings = surroundings
        self.holder = holder
        self.takesOver = takesOver
        self.folder = folder
        self.sleep = sleep
        self.say = say
    }

    /// Works while the lock is held; work is cancelled when another run takes the lock over.
    ///
    /// Cancelling reaches the work alone: the lock is let go when the work has come to its end.
    ///
    /// - Throws: ``LockError``, or what the work throws.
    package func holding<Result: Sendable>(
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        guard let host = cluster.firstControlPlane else { return try await work() }
        let first = try await begin(on: host)
        let job = Task { try await work() }
        let keeper = Task { () -> LockHolder? in
            let thief = await keep(first, on: host)
            guard let thief else { return nil }
            say("the lock was taken over by \(thief): nothing new starts")
            job.cancel()
            return thief
        }
        let result = await withTaskCancellationHandler {
            await job.result
        } onCancel: {
            job.cancel()
        }
        keeper.cancel()
        if let thief = await keeper.value { throw LockError.taken(by: thief, cluster: cluster.name) }
        return try result.get()
    }

    /// The first try; nil when the host cannot be worked on at all yet.
    private func begin(on host: Host) async throws -> LockAttempt? {
        do {
            let (attempt, word) = try await attempt(on: host, takesOver: takesOver)
            switch word {
            case .got: return attempt
            case .held(let other), .taken(let other):
                throw LockError.held(by: other, cluster: cluster.name, host: host.name)
            case .impossible(let reason): throw LockError.impossible(host: host.name, reason: reason)
            case nil: break
            }
        } catch let error as LockError {
            throw error
        } catch {
            // told where work meets it
        }
        try Task.checkCancellation()
        say("\(host.name) does not give the cluster's lock yet: nothing keeps another run away meanwhile")
        return nil
    }

    private func attempt(
        on host: Host, takesOver: Bool
    ) async throws -> (LockAttempt, LockAttempt.Word?) {
        let transport = try await surroundings.connect(host)
        let token = Runner.randomToken()
        let program = LockProgram.text(
            folder: folder, cluster: cluster.name, holder: holder, takesOver: takesOver, token: token)
        let attempt = LockAttempt(
            program, title: "flock \(folder)/\(cluster.name).lock", token: token, over: transport,
            try await surroundings.privilege(host))
        let word = await attempt.next()
        if word != .got { await attempt.end(sleep) }
        return (attempt, word)
    }

    /// Keeps the lock until the task is cancelled.
    ///
    /// - Returns: who took it over; nil when it was let go.
    private func keep(_ first: LockAttempt?, on host: Host) async -> LockHolder? {
        var held = first
        var seconds = 1
        // the run itself may be what gives the host another address
        var places = [host]
        if let address = host.staticAddress?.address {
            places.append(host)
            places[1].address = CIDR.dotted(address.address)
        }
        while !Task.isCancelled {
            if let attempt = held {
                let word = await attempt.next()
                await attempt.end(sleep)
                if case .taken(let other) = word { return other }
                held = nil
                seconds = 1
                continue
            }
            try? await sleep(.seconds(seconds))
            guard !Task.isCancelled else { return nil }
            seconds = min(seconds * 2, 30)
            places.append(places.removeFirst())
            guard let place = places.last,
                let (attempt, word) = try? await attempt(on: place, takesOver: false)
            else { continue }
            switch word {
            case .got: held = attempt
            case .held(let other), .taken(let other): return other
            case .impossible, nil: break
            }
        }
        await held?.end(sleep)
        return nil
    }
}
