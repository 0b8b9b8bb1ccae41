package import Inventory
package import Manifests
package import Playbook
import YAML

/// `up` and `plan`: looks at all hosts, refuses what cannot go well, and then runs the graph of phases.
package struct Run: Sendable {
    /// What is asked of a run.
    package struct Settings: Sendable {
        /// Whether it changes hosts or only says what it would change.
        package var mode: RunMode
        /// How many phases run at once.
        package var parallel: Int
        /// Identifiers of phases that are left out.
        package var skipped: Set<String>
        /// Names of the hosts that take part; nil means all.
        package var hosts: Set<String>?
        /// Whether it is refused where no cluster answers, as adding a node is.
        package var needsCluster: Bool

        /// Makes settings.
        package init(
            mode: RunMode, parallel: Int = 50, skipped: Set<String> = [], hosts: Set<String>? = nil,
            needsCluster: Bool = false
        ) {
            self.mode = mode
            self.parallel = parallel
            self.skipped = skipped
            self.hosts = hosts
            self.needsCluster = needsCluster
        }
    }

    let cluster: Cluster
    let surroundings: Surroundings
    let settings: Settings
    let folders: [VolumeFolder]
    let demand: Demand?
    let onCleared: @Sendable () throws -> Void
    let onEvent: @Sendable (RunEvent) -> Void

    /// Makes a run.
    ///
    /// - Parameters:
    ///   - cluster: the inventory.
    ///   - surroundings: what it needs from outside.
    ///   - settings: what is asked of it.
    ///   - folders: what the volumes of the learning platform need on nodes.
    ///   - demand: what the learning platform asks of the nodes; nil where none is applied after this run.
    ///   - onCleared: called when nothing refuses, before the first host is changed; it throws to stop there.
    ///   - onEvent: called for everything that happens, from several tasks.
    package init(
        _ cluster: Cluster, _ surroundings: Surroundings, _ settings: Settings, folders: [VolumeFolder] = [],
        demand: Demand? = nil, onCleared: @escaping @Sendable () throws -> Void = {},
        onEvent: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.cluster = cluster
        self.surroundings = surroundings
        self.settings = settings
        self.folders = folders
        self.demand = demand
        self.onCleared = onCleared
        self.onEvent = onEvent
    }

    /// Runs to the end.
    ///
    /// - Returns: what came of it; a host that fails does not throw.
    /// - Throws: `InvalidInput` when version table, playbooks or version are wrong, or what reading a file or `onCleared`
    ///   throws.
    package func perform() async throws -> RunReport {
        let release = try Release.read(for: cluster, surroundings)
        let questions = KubeVIP.questions(cluster)
        let library = try PlaybookLibrary(
            (Phases.all + [Phases.facts]).map(\.playbook) + questions, surroundings
        ).joining(questions, to: Phases.facts.playbook)
        let manifest = try surroundings.networkManifest(of: cluster)
        let crew = Crew(
            surroundings: surroundings, library: library, mode: settings.mode, neighbours: cluster.hosts,
            onEvent: onEvent)

        let survey = Survey(cluster: cluster, crew: crew, parallel: settings.parallel)
        let sight = await survey.again(after: await survey.perform(takesPart))
        let facts = sight.facts
        var report = RunReport(outcomes: sight.outcomes)
        guard report.isDone else { return report }
        report.findings = Preflight.check(
            cluster, release, facts, clocks: sight.clocks, demand: demand)
        // the preflight says so where there is none
        guard let podNetwork = PodNetwork.choose(cluster, facts) else { return report }
        if settings.needsCluster { report.findings += membership(facts) }
        guard !report.isRefused else { return report }
        let situation = Situation(
            cluster: cluster, release: release, facts: facts, podNetwork: podNetwork,
            networkManifest: manifest,
            folders: folders)
        if let refusal = try await refusalByEtcd(situation) { report.findings.append(refusal) }
        guard !report.isRefused else { return report }
        try onCleared()
        report.situation = situation
        report.turns = Phase.turns(of: Phases.all)
        let (ended, kubeconfig) = await perform(situation, crew)
        report.outcomes += ended
        report.kubeconfig = kubeconfig
        return report
    }

    /// What keeps hosts from joining a cluster that must be there.
    private func membership(_ facts: [String: HostFacts]) -> [Finding] {
        let known = Situation.knownNodes(cluster, facts)
        guard !known.isEmpty else {
            return [
                Finding(
                    .error, host: cluster.firstControlPlane?.name,
                    "there is no cluster here, or it does not answer",
                    cure:
                        "run `mooc-cluster up` first; a control plane that joins stands after those that are there"
                )
            ]
        }
        return cluster.hosts.filter { known.contains($0.name) && facts[$0.name]?.hasJoined == false }.map {
            Finding(
                .error, host: $0.name, "the cluster has a node of that name already, and this host is not it",
                cure: "take that one out first: `mooc-cluster node remove \($0.name)`")
        }
    }

    /// Whether a host takes part: a control plane always does where others do, since all joins go by it.
    private func takesPart(_ host: Host) -> Bool {
        guard let hosts = settings.hosts else { return true }
        return hosts.contains(host.name) || host.name == cluster.firstControlPlane?.name
    }

    /// Why no control plane can join a cluster that stands, before anything is changed; nil where one can.
    private func refusalByEtcd(_ situation: Situation) async throws -> Finding? {
        guard let first = cluster.firstControlPlane, situation.facts[first.name]?.isControlPlane == true,
            let joining = situation.joiningPlanes.first, settings.mode == .apply,
            !settings.skipped.contains(Phases.joinControlPlane.id)
        else { return nil }
        return try await etcdObjection(to: joining, situation)
    }

    /// Why etcd cannot take in a control plane now; nil where it can.
    private func etcdObjection(to host: Host, _ situation: Situation) async throws -> Finding? {
        var standing = cluster
        standing.hosts.removeAll(where: situation.joins)
        let join = EtcdJoin(
            host: host, asLearner: situation.release.version >= KubernetesVersion(1, 29, 0),
            isUnfinished: situation.facts[host.name]?.isUnfinished == true)
        let report = try await EtcdCrew(standing, surroundings, onEvent: onEvent).consent(to: join)
        if let failure = report.failures.first?.failure {
            return Finding(
                .error, host: host.name, "etcd cannot be asked whether it can join: \(failure.message)",
                cure: failure.next)
        }
        return report.findings.first
    }

    /// Whether a node that takes no part otherwise has to hear of the control planes that join.
    private func follows(_ host: Host, _ situation: Situation) -> Bool {
        !situation.joiningPlanes.isEmpty && situation.knownNodes.contains(host.name)
    }

    private func perform(
        _ situation: Situation, _ crew: Crew
    ) async -> (outcomes: [PhaseOutcome], kubeconfig: Secret?) {
        let notes = RunNotes()
        let mode = settings.mode
        let sequence = PhaseSequence(
            phases: Phases.all, cluster: cluster, crew: crew, parallel: settings.parallel)
        let outcomes = await sequence.perform { phase, host in
            !settings.skipped.contains(phase.id) && phase.applies(situation, host)
                && (takesPart(host) || phase.followsControlPlanes && follows(host, situation))
        } before: { phase, host in
            guard phase.id == Phases.joinControlPlane.id, mode == .apply, situation.joins(host) else {
                return
            }
            if let objection = try await etcdObjection(to: host, situation) {
                throw JoinRefused(finding: objection)
            }
        } values: { host, names in
            // a plan makes no token, and yet has to say who would join
            let material = await notes.material ?? (mode == .plan ? .planned : nil)
            return try PhaseValues(situation: situation, host: host, material: material).values(names)
        } onRegistered: { _, values in
            await notes.take(values)
        }
        return (outcomes, await notes.kubeconfig)
    }
}
