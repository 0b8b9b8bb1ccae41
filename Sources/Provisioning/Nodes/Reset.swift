package import Inventory
package import Playbook
import YAML

/// Takes Kubernetes off hosts, and puts back what there was before; the folders of volumes stay.
package struct Reset: Sendable {
    private let cluster: Cluster
    private let surroundings: Surroundings
    private let hosts: Set<String>?
    private let restores: Bool
    private let mode: RunMode
    private let parallel: Int
    private let onEvent: @Sendable (RunEvent) -> Void

    /// Makes a reset.
    ///
    /// - Parameters:
    ///   - cluster: the inventory.
    ///   - surroundings: what it needs from outside.
    ///   - hosts: names of the hosts; nil means all.
    ///   - restores: whether what `up` has changed on the machine is put back.
    ///   - mode: whether it is done, or only said what it would change.
    ///   - parallel: how many hosts at once.
    ///   - onEvent: called for everything that happens, from several tasks.
    package init(
        _ cluster: Cluster, _ surroundings: Surroundings, hosts: Set<String>? = nil, restores: Bool = true,
        mode: RunMode = .apply, parallel: Int = 50, onEvent: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.cluster = cluster
        self.surroundings = surroundings
        self.hosts = hosts
        self.restores = restores
        self.mode = mode
        self.parallel = parallel
        self.onEvent = onEvent
    }

    /// Resets the hosts.
    ///
    /// - Parameter agree: gets what is to be put back on each host that could be asked, before anything is touched; it
    ///   throws to stop there.
    /// - Returns: what came of it.
    /// - Throws: `InvalidInput` when version table, playbook or version are wrong, what `agree` throws, or what reading a
    ///   file throws.
    package func perform(
        agree: @Sendable ([Restoration]) async throws -> Void = { _ in }
    ) async throws -> RunReport {
        let release = try Release.read(for: cluster, surroundings)
        let phases = NodePhases.reset + (restores ? [Restoration.restore] : [])
        let library = try PlaybookLibrary((phases + [Restoration.look]).map(\.playbook), surroundings)
        let crew = Crew(surroundings: surroundings, library: library, mode: mode, onEvent: onEvent)
        let socket = release.socket(of: cluster.kubernetes.runtime)
        let takes = { (host: Host) in hosts?.contains(host.name) ?? true }
        var restorations: [Restoration] = []
        if restores {
            let sight = await Restoration.look(of: cluster, crew, parallel: parallel, takes)
            let seen = RunReport(outcomes: sight.outcomes)
            guard !seen.isInterrupted else { return seen }
            restorations = sight.restorations
        }
        try await agree(restorations)
        let sequence = PhaseSequence(phases: phases, cluster: cluster, crew: crew, parallel: parallel)
        let values = Restoration.values.merging(["CRI_SOCKET": socket]) { $1 }
        let outcomes = await sequence.perform { _, host in
            takes(host)
        } values: { _, names in
            try Values(names, of: values)
        }
        var report = RunReport(outcomes: outcomes)
        report.turns = Phase.turns(of: phases)
        return report
    }
}

extension Values {
    /// The values of names, out of a table.
    init(_ names: [String], of table: [String: String]) throws(UnknownValue) {
        self.init()
        for name in names {
            guard let value = table[name] else { throw UnknownValue(name: name) }
            self[name] = value
        }
    }
}
