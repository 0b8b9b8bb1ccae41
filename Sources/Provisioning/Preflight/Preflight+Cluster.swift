import Inventory

extension Preflight {
    /// The inventory as a whole, and the cluster that there is.
    mutating func checkCluster() {
        checkRelease()
        checkPublicNetworks()
        if PodNetwork.choose(cluster, facts) == nil {
            error(
                nil, "every range that is usual for pods is in use on some host",
                cure: "set kubernetes.podNetwork to one that is free")
        }
        checkControlPlanes()
        checkEndpoint()
        let names = cluster.hosts.map(\.name)
        for node in Situation.knownNodes(cluster, facts) where !names.contains(node) {
            warning(
                nil, "the cluster has a node '\(node)' that the inventory does not name",
                cure: "write it into the inventory, or have `mooc-cluster up --prune` remove it")
        }
        let founded = cluster.hosts(of: .controlPlane).compactMap { facts[$0.name]?.clusterVersion }.first
        if let founded, founded != release.version {
            error(
                nil, "the cluster runs Kubernetes \(founded), the inventory asks for \(release.version)",
                cure: "`up` does not upgrade: write version: \"\(founded)\"")
        }
    }

    /// Whether pods or services would take the place of somebody's addresses on the Internet.
    private mutating func checkPublicNetworks() {
        let networks = [
            ("podNetwork", cluster.kubernetes.podNetwork),
            ("serviceNetwork", cluster.kubernetes.serviceNetwork),
        ]
        for (name, network) in networks {
            guard let network, network.isPublic else { continue }
            warning(
                nil, "\(name) \(network) is public address space: pods cannot reach the hosts that have it",
                cure: "take a private range: of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10")
        }
    }
}
