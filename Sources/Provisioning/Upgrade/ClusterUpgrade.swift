package import Inventory
import Manifests
package import Playbook
import YAML

/// Brings a cluster to the version of its inventory: the control planes one after the other, then the workers, each drained
/// and brought back.
package struct ClusterUpgrade: Sendable {
    /// What is asked of an upgrade.
    package struct Settings: Sendable {
        /// How long a node's pods may take to go, in seconds.
        package var drainSeconds: Int
        /// How many workers are away at once.
        package var atOnce: Int
        /// How many hosts are prepared at once.
        package var parallel: Int
        /// Whether it is done, or only said what it would change.
        package var mode: RunMode

        /// Makes settings.
        package init(drainSeconds: Int = 600, atOnce: Int = 1, parallel: Int = 50, mode: RunMode = .apply) {
            self.drainSeconds = drainSeconds
            self.atOnce = atOnce
            self.parallel = parallel
            self.mode = mode
        }
    }

    let cluster: Cluster
    let surroundings: Surroundings
    let settings: Settings
    let onEvent: @Sendable (RunEvent) -> Void

    /// Makes an upgrade.
    ///
    /// - Parameters:
    ///   - cluster: the inventory, with the version that is wanted.
    ///   - surroundings: what it needs from outside.
    ///   - settings: what is asked of it.
    ///   - onEvent: called for everything that happens, from several tasks.
    package init(
        _ cluster: Cluster, _ surroundings: Surroundings, _ settings: Settings = .init(),
        onEvent: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.cluster = cluster
        self.surroundings = surroundings
        self.settings = settings
        self.onEvent = onEvent
    }

    /// Upgrades the cluster, unless what it found forbids it; a second run of one that was cut off goes on.
    ///
    /// - Parameter agree: gets what is to do and what each drain means, and whether it is refused, before anything is
    ///   touched; it throws to stop there. It is not asked when there is nothing to do.
    /// - Returns: what came of it, with the new kubeconfig; and what was to do, nil when that could not be told.
    /// - Throws: `InvalidInput` when version table, playbooks or version are wrong, ``NoControlPlane``, ``KubectlLost``, what
    ///   `agree` throws, or what connecting to the control plane throws.
    package func perform(
        agree: @Sendable (UpgradePlan, [Departure], _ isRefused: Bool) async throws -> Void
    ) async throws -> (report: RunReport, plan: UpgradePlan?) {
        guard let plane = cluster.firstControlPlane else { throw NoControlPlane() }
        let release = try Release.read(for: cluster, surroundings)
        let library = try PlaybookLibrary(
            (UpgradePhases.all + [Phases.facts]).map(\.playbook), surroundings)
        let crew = Crew(
            surroundings: surroundings, library: library, mode: settings.mode, neighbours: cluster.hosts,
            onEvent: onEvent)
        let kubectl = Kubectl(on: plane, over: crew.connections, try await surroundings.privilege(plane))
        // a control plane whose upgrade was cut off may be away for a moment
        _ = try await patient(kubectl.ask, ContinuousClock())(["get", "--raw", "/readyz"], [])
        let sight = await Survey(cluster: cluster, crew: crew, parallel: settings.parallel).perform { _ in
            true
        }
        var report = RunReport(outcomes: sight.outcomes)
        guard report.isDone else { return (report, nil) }
        let founded = cluster.hosts(of: .controlPlane).lazy.compactMap {
            sight.facts[$0.name]?.clusterVersion
        }.first
        guard let founded, let podNetwork = PodNetwork.choose(cluster, sight.facts) else {
            report.findings = [
                Finding(
                    .error, host: plane.name, "there is no cluster here, or it does not answer",
                    cure: "`mooc-cluster up` makes one, of the version that is wanted")
            ]
            return (report, nil)
        }
        let plan: UpgradePlan
        do {
            let objects = try await ClusterObjects.read(kubectl)
            plan = UpgradePlan(cluster, from: founded, to: release.version, sight.facts, objects)
            if !plan.isDone { try await look(at: plan, release, sight.facts, objects, &report) }
        } catch let error as ClusterSilent {
            report.findings = [error.finding(about: plane.name)]
            return (report, nil)
        }
        guard report.isDone || report.isRefused else { return (report, plan) }
        // where all hosts are done, what follows them may still lack
        if !plan.isDone { try await agree(plan, report.departures, report.isRefused) }
        guard report.isDone else { return (report, plan) }
        let situation = Situation(
            cluster: cluster, release: release, facts: sight.facts, podNetwork: podNetwork,
            networkManifest: try surroundings.networkManifest(of: cluster))
        let roll = UpgradeRoll(
            upgrade: self, plan: plan, situation: situation, crew: crew, kubectl: kubectl, plane: plane)
        report.append(try await roll.perform())
        return (report, plan)
    }

    /// What the versions, the version table, etcd and the nodes' pods say.
    private func look(
        at plan: UpgradePlan, _ release: Release, _ facts: [String: HostFacts], _ objects: ClusterObjects,
        _ report: inout RunReport
    ) async throws {
        report.findings = plan.findings(release.table)
        guard !report.isRefused else { return }
        let names = Set(plan.members.map(\.host.name))
        report.findings += Preflight.check(
            upgradeOf: cluster, to: release, facts.filter { names.contains($0.key) })
        let (etcd, state) = try await EtcdCrew(cluster, surroundings, onEvent: onEvent).look()
        report.outcomes += etcd.outcomes
        guard etcd.isDone else { return }
        report.findings += UpgradePlan.findings(state)
        report.departures = plan.pending.map { Departure(of: $0.host.name, in: objects) }
        report.findings += report.departures.flatMap { $0.findings(for: .drain, .init()) }
    }
}
