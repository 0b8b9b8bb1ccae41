package import Inventory
package import Playbook
import Synchronization
import YAML

/// Puts a snapshot in the place of etcd's data, on all control planes.
package struct EtcdRestore: Sendable {
    private let snapshot: EtcdSnapshot
    private let cluster: Cluster
    private let surroundings: Surroundings
    private let hosts: Set<String>?
    private let mode: RunMode
    private let onEvent: @Sendable (RunEvent) -> Void

    /// Makes a restore.
    ///
    /// - Parameters:
    ///   - snapshot: what comes back.
    ///   - cluster: the inventory.
    ///   - surroundings: what it needs from outside.
    ///   - hosts: names of the hosts whose kubelets are told, besides the control planes; nil means all.
    ///   - mode: whether it is done, or only said what it would change.
    ///   - onEvent: called for everything that happens, from several tasks.
    package init(
        _ snapshot: EtcdSnapshot, to cluster: Cluster, _ surroundings: Surroundings,
        hosts: Set<String>? = nil, mode: RunMode = .apply,
        onEvent: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.snapshot = snapshot
        self.cluster = cluster
        self.surroundings = surroundings
        self.hosts = hosts
        self.mode = mode
        self.onEvent = onEvent
    }

    /// Restores; a second run of a restore that was cut off, with the same snapshot, goes on where it was.
    ///
    /// - Throws: `InvalidInput` when a playbook is wrong, or what reading a file throws.
    package func perform() async throws -> RunReport {
        let copy = FileCopy(
            path: "/var/lib/mooc-cluster/etcd/restore/snapshot", content: snapshot.bytes, mode: "600",
            owner: nil, asRoot: true)
        let library = try PlaybookLibrary(
            EtcdPhases.restore.map(\.playbook), surroundings,
            and: [EtcdPhases.restoreFile.playbook: copy.playbook])
        let crew = Crew(surroundings: surroundings, library: library, mode: mode, onEvent: onEvent)
        let planes = cluster.hosts(of: .controlPlane).map(\.name)
        let answers = Mutex<[String: Values]>([:])
        let table = [
            "RUNTIME": cluster.kubernetes.runtime.rawValue, "SNAPSHOT_SHA256": snapshot.checksum,
            "CONTROL_PLANES": planes.joined(separator: " "),
        ]
        let sequence = PhaseSequence(
            phases: EtcdPhases.restore, cluster: cluster, crew: crew, parallel: 50)
        let outcomes = await sequence.perform { phase, host in
            // a plan takes no snapshot across
            (mode == .apply || phase.id != EtcdPhases.restoreFile.id)
                && (host.role == .controlPlane || hosts?.contains(host.name) ?? true)
        } values: { _, names in
            let answers = answers.withLock { $0 }
            let agreed = [
                "RESTORE_STAMP": Self.stamp(of: planes.compactMap { answers[$0] }),
                "ETCD_MEMBERS": planes.compactMap { answers[$0]?["ETCD_MEMBER"] }.joined(separator: ","),
            ]
            return try Values(names, of: table.merging(agreed) { $1 })
        } onRegistered: { host, values in
            answers.withLock { $0[host.name, default: Values()].merge(values) }
        }
        return RunReport(outcomes: outcomes)
    }

    /// Decides whether a restore goes on or begins.
    ///
    /// Where only some control planes are in one, it was being cleared away, or they were in another one: then all begin
    /// anew.
    ///
    /// - Parameter answers: what the control planes have said, in the inventory's order.
    /// - Returns: the name of one that was cut off where all are in the same, else a new name.
    static func stamp(of answers: [Values]) -> String {
        let begun = Set(answers.map { $0["RESTORE_BEGUN"] ?? "none" })
        if let one = begun.first, begun.count == 1, one != "none" { return one }
        return answers.first?["RESTORE_NOW"] ?? ""
    }
}
