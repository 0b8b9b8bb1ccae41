package import Inventory
import Playbook
import YAML

/// Takes a worker out of a cluster: drains it, resets it, and lets the cluster forget it.
package struct NodeRemove: Sendable {
    private let cluster: Cluster
    private let host: Host
    private let surroundings: Surroundings
    private let drainSeconds: Int
    private let losesVolumes: Bool
    private let onEvent: @Sendable (RunEvent) -> Void

    /// Makes the removal of a worker.
    ///
    /// - Parameters:
    ///   - name: the worker.
    ///   - cluster: the inventory.
    ///   - surroundings: what it needs from outside.
    ///   - drainSeconds: how long its pods may take to go.
    ///   - losesVolumes: whether it goes although volumes with data are bound to it.
    ///   - onEvent: called for everything that happens, from several tasks.
    /// - Throws: ``UnknownHost`` when the inventory has no host of that name.
    package init(
        _ name: String, from cluster: Cluster, _ surroundings: Surroundings, drainSeconds: Int = 600,
        losesVolumes: Bool = false, onEvent: @escaping @Sendable (RunEvent) -> Void
    ) throws(UnknownHost) {
        host = try cluster.host(name)
        self.cluster = cluster
        self.surroundings = surroundings
        self.drainSeconds = drainSeconds
        self.losesVolumes = losesVolumes
        self.onEvent = onEvent
    }

    /// Removes the worker, unless what it found forbids it; a second run of a removal that was cut off goes on.
    ///
    /// - Throws: `InvalidInput` when version table, playbooks or version are wrong, ``KubectlLost``, or what
    ///   connecting to the control plane throws.
    package func perform() async throws -> RunReport {
        var report = RunReport()
        guard host.role == .worker, let plane = cluster.firstControlPlane else {
            report.findings = [
                Finding(
                    .error, host: host.name, "only workers can be removed, and this is a control plane",
                    cure: "`mooc-cluster reset` takes the whole cluster off")
            ]
            return report
        }
        let release = try Release.read(for: cluster, surroundings)
        let library = try PlaybookLibrary(
            NodePhases.removal.map(\.playbook) + [Phases.facts.playbook], surroundings)
        let crew = Crew(surroundings: surroundings, library: library, mode: .apply, onEvent: onEvent)
        // both hosts must be there before the first of them is changed
        let sight = await Survey(cluster: cluster, crew: crew, parallel: 2).perform {
            $0.name == host.name || $0.name == plane.name
        }
        report.outcomes = sight.outcomes
        guard report.isDone else { return report }
        let transport = try await crew.connections.transport(to: plane)
        let kubectl = Kubectl(transport, try await surroundings.privilege(plane))
        report.findings = try await BoundVolumes.check(on: host, kubectl, losesVolumes: losesVolumes)
        guard !report.isRefused else { return report }

        let table = [
            "NODE_NAME": host.name, "DRAIN_TIMEOUT": "\(drainSeconds)",
            "KUBECONFIG": "/etc/kubernetes/admin.conf",
            "CRI_SOCKET": release.socket(of: cluster.kubernetes.runtime),
        ]
        let sequence = PhaseSequence(phases: NodePhases.removal, cluster: cluster, crew: crew, parallel: 2)
        report.outcomes += await sequence.perform { phase, candidate in
            phase.hosts == .firstControlPlane || candidate.name == host.name
        } values: { _, names in
            try Values(names, of: table)
        }
        return report
    }
}
