package import Inventory
package import Manifests

/// All that decides what a run does: the inventory, the release, and what the hosts are.
package struct Situation: Sendable {
    /// The inventory.
    package let cluster: Cluster
    /// The Kubernetes release.
    package let release: Release
    /// What the hosts are, by name.
    package let facts: [String: HostFacts]
    /// Pods' addresses: the cluster's own, the inventory's, or a range chosen because no host has a route into it.
    package let podNetwork: CIDR
    /// The text of the network plugin's manifest where the inventory names a file; else nil.
    package let networkManifest: String?
    /// The folders that volumes of the learning platform need on nodes.
    package let folders: [VolumeFolder]

    /// Makes a situation.
    package init(
        cluster: Cluster, release: Release, facts: [String: HostFacts], podNetwork: CIDR,
        networkManifest: String?, folders: [VolumeFolder] = []
    ) {
        self.cluster = cluster
        self.release = release
        self.facts = facts
        self.podNetwork = podNetwork
        self.networkManifest = networkManifest
        self.folders = folders
    }

    /// The nodes that the cluster knows; empty before there is one.
    package var knownNodes: [String] { Self.knownNodes(cluster, facts) }

    /// The nodes that the first control plane which answers knows.
    static func knownNodes(_ cluster: Cluster, _ facts: [String: HostFacts]) -> [String] {
        cluster.hosts(of: .controlPlane).lazy.compactMap { facts[$0.name]?.nodes }.first ?? []
    }

    /// Whether a host has joined a cluster, and this cluster has no node of its name.
    static func isStranger(_ host: Host, _ cluster: Cluster, _ facts: [String: HostFacts]) -> Bool {
        guard let own = facts[host.name], own.hasJoined, !own.isUnfinished,
            host.name != cluster.firstControlPlane?.name
        else { return false }
        let known = knownNodes(cluster, facts)
        return !known.isEmpty && !known.contains(host.name)
    }

    /// Whether a host has still to join: all but the first control plane, as long as it is not a finished member.
    ///
    /// A token is made only when somebody needs it, so that a run over a cluster that stands changes nothing.
    package func joins(_ host: Host) -> Bool {
        guard host.name != cluster.firstControlPlane?.name else { return false }
        guard let facts = facts[host.name] else { return false }
        return !facts.hasJoined || facts.isUnfinished
    }

    /// The hosts that have still to join.
    package var joining: [Host] { cluster.hosts.filter(joins) }

    /// The control planes that have still to join.
    var joiningPlanes: [Host] { joining.filter { $0.role == .controlPlane } }

    /// Name and port under which nodes reach the API; kubeadm cannot add one later, so it is always set.
    package var endpoint: String {
        switch cluster.kubernetes.controlPlaneEndpoint {
        case .address(let address): address
        case .nodeProxy: NodeProxy.endpoint
        case .kubeVIP(let virtual): KubeVIP.endpoint(virtual)
        case nil: "\(cluster.firstControlPlane?.nodeAddress ?? ""):6443"
        }
    }
}
