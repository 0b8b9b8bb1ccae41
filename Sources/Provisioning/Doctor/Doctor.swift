package import Inventory
package import Manifests
import Playbook
import YAML

/// Looks for all that would make a run fail, and changes nothing: a host that is not reached does not keep it from the others.
package struct Doctor: Sendable {
    let cluster: Cluster
    let surroundings: Surroundings
    let settings: Run.Settings
    let demand: Demand?
    let triesPaths: Bool
    let onEvent: @Sendable (RunEvent) -> Void

    /// Makes one.
    ///
    /// - Parameters:
    ///   - cluster: the inventory.
    ///   - surroundings: what it needs from outside.
    ///   - settings: on which hosts, and how many at once.
    ///   - demand: what the learning platform asks of the nodes; nil where there is none.
    ///   - triesPaths: whether the ways between hosts are tried too.
    ///   - onEvent: called for everything that happens, from several tasks.
    package init(
        _ cluster: Cluster, _ surroundings: Surroundings, _ settings: Run.Settings, demand: Demand?,
        triesPaths: Bool, onEvent: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.cluster = cluster
        self.surroundings = surroundings
        self.settings = settings
        self.demand = demand
        self.triesPaths = triesPaths
        self.onEvent = onEvent
    }

    /// Looks.
    ///
    /// - Returns: what was found; a host that fails does not throw.
    /// - Throws: `InvalidInput` when version table, playbooks or version are wrong, or what reading a file throws.
    package func perform() async throws -> Diagnosis {
        let release = try Release.read(for: cluster, surroundings)
        let crew = Crew(
            surroundings: surroundings, library: try library(), mode: .plan, onEvent: onEvent)
        let survey = Survey(cluster: cluster, crew: crew, parallel: settings.parallel)
        let sight = await survey.again(
            after: await survey.perform { settings.hosts?.contains($0.name) ?? true })
        var diagnosis = Diagnosis(report: RunReport(outcomes: sight.outcomes))
        diagnosis.findings = Preflight.check(
            cluster, release, sight.facts, clocks: sight.clocks, demand: demand)
        let hosts = cluster.hosts.filter { sight.facts[$0.name] != nil }
        guard triesPaths, hosts.count > 1, !Task.isCancelled else { return diagnosis }
        let outcome = try await PathCheck(cluster: cluster, crew: crew, hosts: hosts, facts: sight.facts)
            .perform()
        diagnosis.paths = outcome.reports
        for (host, error) in outcome.failures {
            let told = surroundings.explain(error)
            diagnosis.findings.append(
                Finding(
                    .warning, host: host,
                    "the ways between it and the others were not tried: \(told.message)", cure: told.cure))
        }
        let planes = Set(cluster.hosts(of: .controlPlane).map(\.name))
        diagnosis.pathFindings = PathFinding.gather(
            outcome.reports.map {
                ($0.from, $0.findings(isEtcd: planes.isSuperset(of: [$0.from, $0.to])))
            })
        return diagnosis
    }

    /// The facts, and with them the time of etcd's disk and who has the common address, in one program.
    private func library() throws -> PlaybookLibrary {
        let more = ["playbooks/disk.yml"] + KubeVIP.questions(cluster)
        return try PlaybookLibrary([Phases.facts.playbook] + more, surroundings)
            .joining(more, to: Phases.facts.playbook)
    }
}
