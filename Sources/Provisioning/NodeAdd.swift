package import Inventory
package import Manifests
import Playbook

/// Brings a host of the inventory into a cluster that stands: touches that host and one control plane.
package struct NodeAdd: Sendable {
    private let run: Run

    /// Makes the addition of a host.
    ///
    /// - Parameters:
    ///   - name: the host.
    ///   - cluster: the inventory.
    ///   - surroundings: what it needs from outside.
    ///   - folders: what the volumes of the learning platform need on nodes.
    ///   - onEvent: called for everything that happens, from several tasks.
    /// - Throws: ``UnknownHost`` when the inventory has no host of that name.
    package init(
        _ name: String, to cluster: Cluster, _ surroundings: Surroundings, folders: [VolumeFolder] = [],
        onEvent: @escaping @Sendable (RunEvent) -> Void
    ) throws(UnknownHost) {
        try UnknownHost.check(name, in: cluster)
        run = Run(
            cluster, surroundings,
            Run.Settings(mode: .apply, hosts: [name], needsCluster: true), folders: folders, onEvent: onEvent)
    }

    /// Runs what the one host needs; see ``Run/perform()``.
    package func perform() async throws -> RunReport { try await run.perform() }
}

/// The inventory has no host of that name.
package struct UnknownHost: Error, Sendable, Hashable {
    /// The name.
    package let name: String
    /// The names that there are.
    package let known: [String]

    /// Checks that an inventory has a host of that name.
    ///
    /// - Throws: ``UnknownHost``.
    package static func check(_ name: String, in cluster: Cluster) throws(UnknownHost) {
        let known = cluster.hosts.map(\.name)
        guard known.contains(name) else { throw UnknownHost(name: name, known: known) }
    }
}
