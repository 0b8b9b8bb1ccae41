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
        checkVirtualAddress()
        let names = cluster.hosts.map(\.name)
        for node in Situation.knownNodes(cluster, facts) where !names.contains(node) {
            warning(
                nil, "the cluster has a node '\(node)' that the inventory does not name",
                cure: "write it into the inventory, or have `mooc-cluster up --prune` remove it")
        }
        checkClusterVersion()
    }

    /// Whether the cluster runs what the inventory asks for, all of it.
    private mutating func checkClusterVersion() {
        let planes = cluster.hosts(of: .controlPlane).compactMap { facts[$0.name] }
        guard let founded = planes.lazy.compactMap(\.clusterVersion).first else { return }
        guard founded == release.version else {
            error(
                nil, "the cluster runs Kubernetes \(founded), the inventory asks for \(release.version)",
                cure: founded < release.version
                    ? "`mooc-cluster upgrade` brings it there; else write version: \"\(founded)\""
                    : "nothing takes it back: write version: \"\(founded)\"")
            return
        }
        guard let known = planes.first(where: { $0.nodes != nil }) else { return }
        let late = cluster.hosts.map(\.name).filter { name in
            known.heldNodes.contains(name)
                || [known.nodeVersions[name], facts[name]?.apiServer].contains { $0 != nil && $0 != founded }
        }
        guard !late.isEmpty else { return }
        error(
            nil, "the upgrade to Kubernetes \(founded) is not finished on \(late.joined(separator: ", "))",
            cure: "`mooc-cluster upgrade` goes on with it")
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
