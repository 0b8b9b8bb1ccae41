package import Inventory
package import Manifests
package import Playbook

/// Brings hosts of the inventory into a cluster that stands: touches those hosts and one control plane.
package struct NodeAdd: Sendable {
    private let run: Run

    /// Makes the addition of hosts, which join at once.
    ///
    /// - Parameters:
    ///   - names: the hosts.
    ///   - cluster: the inventory.
    ///   - surroundings: what it needs from outside.
    ///   - mode: whether it changes hosts or only says what it would change.
    ///   - folders: what the volumes of the learning platform need on nodes.
    ///   - onCleared: called when all hosts were reached and nothing refuses, before the first is changed; it throws to
    ///     stop there.
    ///   - onEvent: called for everything that happens, from several tasks.
    /// - Throws: ``UnknownHost`` when the inventory has no host of a name.
    package init(
        _ names: [String], to cluster: Cluster, _ surroundings: Surroundings, mode: RunMode = .apply,
        folders: [VolumeFolder] = [],
        onCleared: @escaping @Sendable () throws -> Void = {},
        onEvent: @escaping @Sendable (RunEvent) -> Void
    ) throws(UnknownHost) {
        for name in names { _ = try cluster.host(name) }
        run = Run(
            cluster, surroundings,
            Run.Settings(mode: mode, hosts: Set(names), needsCluster: true), folders: folders,
            onCleared: onCleared, onEvent: onEvent)
    }

    /// Runs what the hosts need; see ``Run/perform()``.
    package func perform() async throws -> RunReport { try await run.perform() }
}

extension Cluster {
    /// The host of a name.
    ///
    /// - Throws: ``UnknownHost`` when there is none.
    package func host(_ name: String) throws(UnknownHost) -> Host {
        if let host = hosts.first(where: { $0.name == name }) { return host }
        throw UnknownHost(name: name, known: hosts.map(\.name))
    }
}

/// The inventory has no host of that name.
package struct UnknownHost: Error, Sendable, Hashable {
    /// The name.
    package let name: String
    /// The names that there are.
    package let known: [String]
}
