import Console
import Glibc
import Inventory
import Provisioning

extension Operation {
    /// Does work that changes the cluster, while no other run does.
    ///
    /// - Parameters:
    ///   - options: what the person asks of the lock.
    ///   - plan: whether the work only looks, and so needs no lock.
    ///   - cluster: on whose first control plane the lock is; nil is the cluster of the work, as it is in reach.
    ///   - work: the work.
    /// - Returns: what the work returns.
    /// - Throws: `LockError`, or what the work throws.
    func alone(
        _ options: LockOptions, unless plan: PlanOptions? = nil, of cluster: Cluster? = nil,
        _ work: @escaping @Sendable () async throws -> ExitStatus
    ) async throws -> ExitStatus {
        guard plan?.isOn != true else { return try await work() }
        let holder = LockHolder(
            who: "\(context.user)@\(Self.workstation)", since: timestamp(), command: name,
            run: context.record.name)
        let console = console
        var place = cluster ?? site.cluster
        // where none is in reach, the lock and the work say so themselves
        if cluster == nil, let plane = try? await controlPlane() { place = place.led(by: plane.name) }
        return try await ClusterLock(
            place, surroundings, for: holder, takesOver: options.takeOver,
            sleep: context.time.sleep
        ) {
            console.say($0, .warning)
        }.holding(work)
    }

    /// The name of this machine.
    private static var workstation: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
