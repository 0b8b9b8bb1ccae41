package import Inventory
package import Playbook
import Synchronization
import YAML

/// Puts a snapshot in the place of etcd's data, on a cluster with one control plane.
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
    ///   - hosts: names of the hosts whose kubelets are told, besides the control plane; nil means all.
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

    /// Why there can be no restore; nil when there can.
    package static func refusal(for cluster: Cluster) -> Finding? {
        let planes = cluster.hosts(of: .controlPlane)
        guard planes.count != 1 else { return nil }
        return Finding(
            .error, host: nil,
            "etcd has \(planes.count) control planes in the inventory, and a snapshot can be restored to one only",
            cure:
                "`mooc-cluster reset` the others, restore with an inventory of \(planes.first?.name ?? "one") alone, "
                + "and let them join again by `mooc-cluster up`")
    }

    /// Restores; a second run of a restore that was cut off, with the same snapshot, goes on where it was.
    ///
    /// - Throws: `InvalidInput` when a playbook is wrong, or what reading a file throws.
    package func perform() async throws -> RunReport {
        if let refusal = Self.refusal(for: cluster) { return RunReport(findings: [refusal]) }
        let copy = FileCopy(
            path: "/var/lib/mooc-cluster/etcd/restore/snapshot", content: snapshot.bytes, mode: "600",
            owner: nil, asRoot: true)
        let library = try PlaybookLibrary(
            EtcdPhases.restore.map(\.playbook), surroundings,
            and: [EtcdPhases.restoreFile.playbook: copy.playbook])
        let crew = Crew(surroundings: surroundings, library: library, mode: mode, onEvent: onEvent)
        // a restore that is only planned has none yet
        let stamp = Mutex(mode == .plan ? "planned" : "")
        let table = [
            "RUNTIME": cluster.kubernetes.runtime.rawValue, "SNAPSHOT_SHA256": snapshot.checksum,
        ]
        let sequence = PhaseSequence(
            phases: EtcdPhases.restore, cluster: cluster, crew: crew, parallel: 50)
        let outcomes = await sequence.perform { phase, host in
            // a plan takes no snapshot across
            (mode == .apply || phase.id != EtcdPhases.restoreFile.id)
                && (host.role == .controlPlane || hosts?.contains(host.name) ?? true)
        } values: { _, names in
            let all = table.merging(["RESTORE_STAMP": stamp.withLock { $0 }]) { $1 }
            return try Values(names, of: all)
        } onRegistered: { _, values in
            if let name = values["RESTORE_STAMP"] { stamp.withLock { $0 = name } }
        }
        return RunReport(outcomes: outcomes)
    }
}
