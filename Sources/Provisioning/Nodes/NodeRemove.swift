package import Inventory
import Manifests
package import Playbook
import YAML

/// Takes a node out of a cluster: one that lives is drained and reset, one that is dead is fenced off; then the cluster
/// forgets it.
///
/// Of a control plane etcd forgets the member before anything is done on the host.
package struct NodeRemove: Sendable {
    /// What is asked of a removal.
    package struct Settings: Sendable {
        /// How long its pods may take to go, in seconds.
        package var drainSeconds: Int
        /// What may be lost.
        package var consent: Departure.Consent
        /// Whether it is said to be dead.
        package var asDead: Bool
        /// Whether what there was on the host before is put back; nothing is done on one that is dead.
        package var restores: Bool
        /// Whether it is done, or only said what it would change.
        package var mode: RunMode

        /// Makes settings.
        package init(
            drainSeconds: Int = 600, consent: Departure.Consent = .init(), asDead: Bool = false,
            restores: Bool = false, mode: RunMode = .apply
        ) {
            self.drainSeconds = drainSeconds
            self.consent = consent
            self.asDead = asDead
            self.restores = restores
            self.mode = mode
        }
    }

    /// The cluster as those see it that stay: without etcd's member the host is a worker among them.
    private let cluster: Cluster
    private let host: Host
    private let leave: ControlPlaneLeave?
    private let surroundings: Surroundings
    private let settings: Settings
    private let onEvent: @Sendable (RunEvent) -> Void

    /// Makes the removal of a node.
    ///
    /// - Parameters:
    ///   - name: the node.
    ///   - cluster: the inventory.
    ///   - surroundings: what it needs from outside.
    ///   - settings: what is asked of it.
    ///   - onEvent: called for everything that happens, from several tasks.
    /// - Throws: ``UnknownHost`` when the inventory has no host of that name.
    package init(
        _ name: String, from cluster: Cluster, _ surroundings: Surroundings, _ settings: Settings = .init(),
        onEvent: @escaping @Sendable (RunEvent) -> Void
    ) throws(UnknownHost) {
        let host = try cluster.host(name)
        self.host = host
        leave = host.role == .controlPlane ? ControlPlaneLeave(cluster: cluster, host: host) : nil
        self.cluster = leave?.rest ?? cluster
        self.surroundings = surroundings
        self.settings = settings
        self.onEvent = onEvent
    }

    /// Removes the node, unless what it found forbids it; a second run of a removal that was cut off goes on.
    ///
    /// A plan asks etcd too, and leaves nothing but etcd's tools in `/run` for it.
    ///
    /// - Parameter agree: gets what the removal means, and whether it is refused, before anything is touched; it throws
    ///   to stop there.
    /// - Returns: what came of it.
    /// - Throws: `InvalidInput` when version table, playbooks or version are wrong, ``KubectlLost``, what `agree`
    ///   throws, or what connecting to the control plane throws.
    package func perform(
        agree: @Sendable (Departure, _ isRefused: Bool) async throws -> Void = { _, _ in }
    ) async throws -> RunReport {
        var report = RunReport()
        if let objection = leave?.objection { report.findings = [objection] }
        guard !report.isRefused, let plane = cluster.firstControlPlane else { return report }
        let release = try Release.read(for: cluster, surroundings)
        let phases =
            NodePhases.removal + NodePhases.burial + [Phases.facts, Restoration.look, Restoration.restore]
        let library = try PlaybookLibrary(phases.map(\.playbook), surroundings)
        let crew = Crew(surroundings: surroundings, library: library, mode: settings.mode, onEvent: onEvent)
        let pulse = await pulse(crew)
        // both hosts must be there before the first of them is changed
        let sight = await Survey(cluster: cluster, crew: crew, parallel: 2).perform {
            $0.name == plane.name || $0.name == host.name && pulse == .answers
        }
        report.outcomes = sight.outcomes
        guard report.isDone else { return report }
        if let facts = sight.facts[host.name], facts.hasJoined, facts.hostname != host.name {
            report.findings = [
                Finding(
                    .error, host: host.name, "the host at its address calls itself '\(facts.hostname)'",
                    cure: "correct the address")
            ]
            return report
        }
        if let etcd = try await leave?.askEtcd(surroundings, onEvent: onEvent), !etcd.isDone { return etcd }
        var departure: Departure
        let nodes: [Node]
        do {
            let kubectl = Kubectl(
                on: plane, over: crew.connections, try await surroundings.privilege(plane))
            let objects = try await ClusterObjects.read(kubectl)
            nodes = objects["Node"]
            let isReady = objects.node(host.name).map(\.isReady)
            departure = Departure(of: host.name, in: objects)
            if settings.restores {
                let looked = await Restoration.look(of: cluster, crew, parallel: 1) { $0.name == host.name }
                report.outcomes += looked.outcomes
                guard report.isDone else { return report }
                departure.restoration = looked.restorations.first
            }
            report.departures = [departure]
            report.findings =
                pulse.objection(toRemoving: host.name, asDead: settings.asDead, isReady: isReady).map { [$0] }
                ?? departure.findings(for: settings.asDead ? .burial : .removal, settings.consent)
        } catch let error as ClusterSilent {
            report.findings = [error.finding(about: host.name)]
            return report
        }
        try await agree(departure, report.isRefused)
        guard !report.isRefused else { return report }
        let (followers, absent) = followers(among: nodes)
        report.outcomes += await removal(crew, release, followers)
        report.findings += afterwards(report) + absent
        return report
    }

    private func pulse(_ crew: Crew) async -> Pulse {
        do {
            _ = try await crew.connections.transport(to: host)
            return .answers
        } catch {
            return Pulse(error)
        }
    }

    /// The hosts whose proxies have to forget the control plane that goes, and what is to be said of those that cannot.
    private func followers(among nodes: [Node]) -> (names: Set<String>, absent: [Finding]) {
        guard leave != nil, cluster.kubernetes.controlPlaneEndpoint == .nodeProxy else { return ([], []) }
        let names = cluster.hosts.map(\.name).filter { $0 != host.name }
        let known = nodes.filter { names.contains($0["metadata"]?["name"]?.text ?? "") }
        func named(_ isReady: Bool) -> [String] {
            known.filter { $0.isReady == isReady }.compactMap { $0["metadata"]?["name"]?.text }
        }
        return (
            Set(named(true)),
            named(false).map {
                Finding(
                    .warning, host: $0, "it is not Ready, and its proxy still knows \(host.name)",
                    cure: "`mooc-cluster up` mends that when it is back")
            }
        )
    }

    private func removal(_ crew: Crew, _ release: Release, _ followers: Set<String>) async -> [PhaseOutcome] {
        let table = NodeProxy.values(cluster).merging([
            "NODE_NAME": host.name, "DRAIN_TIMEOUT": "\(settings.drainSeconds)",
            "KUBECONFIG": "/etc/kubernetes/admin.conf",
            "CRI_SOCKET": release.socket(of: cluster.kubernetes.runtime),
            "RUNTIME": cluster.kubernetes.runtime.rawValue,
        ]) { $1 }.merging(Restoration.values) { $1 }
        let phases =
            settings.asDead
            ? NodePhases.burial : NodePhases.removal + (settings.restores ? [Restoration.restore] : [])
        let sequence = PhaseSequence(phases: phases, cluster: cluster, crew: crew, parallel: 50)
        return await sequence.perform { phase, candidate in
            if phase.id == Restoration.restore.id { return candidate.name == host.name }
            if phase.hosts == .all { return followers.contains(candidate.name) }
            if phase.id == NodePhases.handOver.id, cluster.kubernetes.virtualAddress == nil { return false }
            return (phase.hosts == .firstControlPlane || candidate.name == host.name)
                && (leave != nil || !NodePhases.ofControlPlanes.contains(phase.id))
        } values: { _, names in
            try Values(names, of: table)
        }
    }

    /// What is left to know when it is over.
    private func afterwards(_ report: RunReport) -> [Finding] {
        if report.isInterrupted {
            return [
                Finding(
                    .warning, host: host.name, "the removal is not finished",
                    cure: "the same command goes on; `mooc-cluster node uncordon \(host.name)` takes it back "
                        + "as long as the host was not reset")
            ]
        }
        guard report.isDone, settings.asDead, settings.mode == .apply else { return [] }
        return [
            Finding(
                .warning, host: host.name, "nothing was done on the host, which still counts itself a member",
                cure: "should it come back, it would join again as it was: run "
                    + "`mooc-cluster reset --limit \(host.name)` first thing, while the inventory has it")
        ]
    }
}

extension ClusterSilent {
    /// What it means for a change of a node.
    func finding(about node: String) -> Finding {
        Finding(
            .error, host: node, "it cannot be told what is on it: \(said)",
            cure: "look at the API server; then run the same command again")
    }
}
