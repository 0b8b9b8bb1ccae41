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

        /// Makes settings.
        package init(mode: RunMode, parallel: Int = 50, skipped: Set<String> = [], hosts: Set<String>? = nil) {
            self.mode = mode
            self.parallel = parallel
            self.skipped = skipped
            self.hosts = hosts
        }
    }

    let cluster: Cluster
    let surroundings: Surroundings
    let settings: Settings
    let folders: [VolumeFolder]
    let onEvent: @Sendable (RunEvent) -> Void

    /// Makes a run.
    ///
    /// - Parameters:
    ///   - cluster: the inventory.
    ///   - surroundings: what it needs from outside.
    ///   - settings: what is asked of it.
    ///   - folders: what the volumes of the learning platform need on nodes.
    ///   - onEvent: called for everything that happens, from several tasks.
    package init(
        _ cluster: Cluster, _ surroundings: Surroundings, _ settings: Settings, folders: [VolumeFolder] = [],
        onEvent: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.cluster = cluster
        self.surroundings = surroundings
        self.settings = settings
        self.folders = folders
        self.onEvent = onEvent
    }

    /// Runs to the end.
    ///
    /// - Returns: what came of it; a host that fails does not throw.
    /// - Throws: `InvalidInput` when version table, playbooks or version are wrong, or what reading a file throws.
    package func perform() async throws -> RunReport {
        let diagnostics = Diagnostics()
        let bytes = try surroundings.asset("playbooks/versions.yml")
        let table = VersionTable.read(bytes, file: "playbooks/versions.yml", diagnostics)
        let kubernetes = cluster.kubernetes
        guard let release = table?.release(kubernetes.version, at: kubernetes.versionMark, diagnostics) else {
            throw InvalidInput(diagnostics.sorted)
        }
        let library = try PlaybookLibrary((Phases.all + [Phases.facts]).map(\.playbook), surroundings)
        let manifest = try networkManifest()
        let crew = Crew(surroundings: surroundings, library: library, mode: settings.mode, onEvent: onEvent)

        let sight = await Survey(cluster: cluster, crew: crew, parallel: settings.parallel).perform(takesPart)
        let facts = sight.facts
        var report = RunReport(outcomes: sight.outcomes)
        guard report.isDone else { return report }
        report.findings = Preflight.check(cluster, release, facts, clocks: sight.clocks)
        guard let podNetwork = PodNetwork.choose(cluster, facts) else {
            let finding = Finding(
                .error, host: nil, "every range that is usual for pods is in use on some host",
                cure: "set kubernetes.podNetwork to one that is free")
            report.findings.append(finding)
            return report
        }
        guard !report.isRefused else { return report }
        let situation = Situation(
            cluster: cluster, release: release, facts: facts, podNetwork: podNetwork, networkManifest: manifest,
            folders: folders)
        report.situation = situation
        let graph = PhaseGraph(Phases.all, cluster) { phase, host in
            !settings.skipped.contains(phase.id) && takesPart(host) && phase.applies(situation, host)
        }
        let (ended, kubeconfig) = await perform(graph, situation, crew)
        report.outcomes += ended
        report.kubeconfig = kubeconfig
        return report
    }

    /// Whether a host takes part: a control plane always does where others do, since all joins go by it.
    private func takesPart(_ host: Host) -> Bool {
        guard let hosts = settings.hosts else { return true }
        return hosts.contains(host.name) || host.name == cluster.firstControlPlane?.name
    }

    private func networkManifest() throws -> String? {
        guard case .file(let path) = cluster.kubernetes.networkPlugin else { return nil }
        return String(decoding: try surroundings.file(path), as: UTF8.self)
    }

    private func perform(
        _ graph: PhaseGraph, _ situation: Situation, _ crew: Crew
    ) async -> (outcomes: [PhaseOutcome], kubeconfig: Secret?) {
        let board = Board()
        let endings = await Scheduler(parallel: settings.parallel).run(graph) { index, item in
            let material = await board.material ?? (settings.mode == .plan ? .planned : nil)
            let values = PhaseValues(situation: situation, host: item.host, material: material)
            let (outcome, registered) = await crew.perform(item.phase, on: item.host, values)
            await board.take(registered)
            await board.set(outcome, at: index)
            if case .done = outcome.ending { return true }
            return false
        }
        let outcomes = await board.outcomes
        let ended = graph.items.indices.map { index in
            outcomes[index] ?? Self.unstarted(graph, index, endings[index])
        }
        return (ended, await board.kubeconfig)
    }

    /// The outcome of an item that never started.
    static func unstarted(
        _ graph: PhaseGraph, _ index: Int, _ ending: Scheduler.Ending
    ) -> PhaseOutcome {
        let item = graph.items[index]
        let how: PhaseOutcome.Ending
        if case .lost(let cause) = ending {
            how = .lost(because: "\(graph.items[cause].phase.id) on \(graph.items[cause].host.name)")
        } else {
            how = .interrupted
        }
        return PhaseOutcome(phase: item.phase.id, host: item.host.name, ending: how, changes: 0)
    }
}
