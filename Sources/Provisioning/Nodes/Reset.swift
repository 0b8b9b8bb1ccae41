package import Inventory
import Playbook
import YAML

/// Takes Kubernetes off hosts; the folders of volumes stay.
package struct Reset: Sendable {
    private let cluster: Cluster
    private let surroundings: Surroundings
    private let hosts: Set<String>?
    private let parallel: Int
    private let onEvent: @Sendable (RunEvent) -> Void

    /// Makes a reset.
    ///
    /// - Parameters:
    ///   - cluster: the inventory.
    ///   - surroundings: what it needs from outside.
    ///   - hosts: names of the hosts; nil means all.
    ///   - parallel: how many hosts at once.
    ///   - onEvent: called for everything that happens, from several tasks.
    package init(
        _ cluster: Cluster, _ surroundings: Surroundings, hosts: Set<String>? = nil, parallel: Int = 50,
        onEvent: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.cluster = cluster
        self.surroundings = surroundings
        self.hosts = hosts
        self.parallel = parallel
        self.onEvent = onEvent
    }

    /// Resets the hosts.
    ///
    /// - Throws: `InvalidInput` when version table, playbook or version are wrong, or what reading a file throws.
    package func perform() async throws -> RunReport {
        let release = try Release.read(for: cluster, surroundings)
        let library = try PlaybookLibrary(NodePhases.reset.map(\.playbook), surroundings)
        let crew = Crew(surroundings: surroundings, library: library, mode: .apply, onEvent: onEvent)
        let socket = release.socket(of: cluster.kubernetes.runtime)
        let sequence = PhaseSequence(
            phases: NodePhases.reset, cluster: cluster, crew: crew, parallel: parallel)
        let outcomes = await sequence.perform { _, host in
            hosts?.contains(host.name) ?? true
        } values: { _, names in
            try Values(names, of: ["CRI_SOCKET": socket])
        }
        return RunReport(outcomes: outcomes)
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
