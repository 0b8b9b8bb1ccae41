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
        let planes = cluster.hosts(of: .controlPlane)
        if planes.count > 1, cluster.kubernetes.controlPlaneEndpoint == nil {
            warning(
                nil,
                "all nodes reach the API by \(planes[0].name): without that host the others do not help",
                cure: "set kubernetes.controlPlaneEndpoint to a name or address that moves;"
                    + " it cannot be changed later")
        }
        if planes.count > 1, planes.count.isMultiple(of: 2) {
            warning(
                nil, "\(planes.count) control planes bear the loss of no more than \(planes.count - 1) would",
                cure: "take an odd number: 1, 3 or 5")
        }
        let founded = planes.compactMap { facts[$0.name]?.clusterVersion }.first
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
