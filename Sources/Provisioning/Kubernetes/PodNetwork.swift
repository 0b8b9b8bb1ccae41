package import Inventory

/// Chooses pods' addresses where the inventory leaves it open.
package enum PodNetwork {
    /// Ranges that are tried in turn: Flannel's and kubeadm's usual one, then less usual private ones (RFC 1918).
    package static let candidates = [
        "10.244.0.0/16", "10.245.0.0/16", "10.32.0.0/16", "172.30.0.0/16", "192.168.0.0/16",
    ]

    /// The pod network of a cluster: the one that it has, the inventory's, or the first that no host has a route
    /// or an address in; nil when none is free.
    package static func choose(_ cluster: Cluster, _ facts: [String: HostFacts]) -> CIDR? {
        let present = cluster.hosts(of: .controlPlane).lazy.compactMap { facts[$0.name]?.clusterPodNetwork }
            .first
        if let known = present ?? cluster.kubernetes.podNetwork { return known }
        return candidates.lazy.compactMap { CIDR($0) }.first { candidate in
            !candidate.overlaps(cluster.kubernetes.serviceNetwork)
                && facts.values.allSatisfy { facts in
                    facts.routes.allSatisfy { $0.network.map { !$0.overlaps(candidate) } ?? true }
                        && facts.addresses.allSatisfy { !candidate.contains($0.address.address) }
                }
        }
    }
}
