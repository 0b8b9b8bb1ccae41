import Inventory

extension Preflight {
    /// Room, inodes and mount options where Kubernetes writes.
    mutating func checkRoom(_ host: Host, _ facts: HostFacts) {
        var floors = ["/": 500, "/var/lib/kubelet": 500]
        switch cluster.kubernetes.runtime {
        case .containerd: floors["/var/lib/containerd"] = 2000
        case .docker: floors["/var/lib/docker"] = 2000
        }
        if host.role == .controlPlane { floors["/var/lib/etcd"] = 500 }
        for disk in facts.disks {
            if let floor = floors[disk.path], disk.freeKiB / 1024 < floor, !facts.hasJoined {
                error(
                    host, "\(disk.freeKiB / 1024) MiB free for \(disk.path); \(floor) MiB are needed",
                    cure: "make room, or mount a larger disk there")
            }
            if floors[disk.path] != nil, let inodes = disk.freeInodes, inodes > 0, inodes < 20_000 {
                error(
                    host, "\(inodes) inodes free for \(disk.path); images need some 20000",
                    cure: "remove small files, or mount another file system there")
            }
            if floors[disk.path] != nil, disk.options.contains("noexec") {
                error(host, "\(disk.path) is mounted noexec", cure: "mount it with exec")
            }
            if floors[disk.path] != nil, disk.options.contains("ro") {
                error(
                    host, "\(disk.path) is mounted read-only", cure: "mount it read-write; look at the disk")
            }
        }
    }

    /// Address, routes, name servers and ports.
    mutating func checkNetwork(_ host: Host, _ facts: HostFacts) {
        checkOwnAddress(host, facts)
        if !facts.routes.contains(where: { $0.network == nil }) {
            warning(
                host, "there is no default route; kubeadm takes addresses by it where it is not told",
                cure: "set one, unless the cluster lives in one network")
        }
        if facts.resolverLoops, facts.upstreamNameservers.isEmpty {
            warning(
                host,
                "/etc/resolv.conf names this host itself (\(facts.nameservers.joined(separator: ", "))),"
                    + " so cluster DNS would ask itself",
                cure: "name a server that is not on the host, or use systemd-resolved")
        }
        if !facts.hasJoined, !facts.isUnfinished {
            let needed = host.role == .controlPlane ? [6443, 10250, 10257, 10259, 2379, 2380] : [10250]
            for port in needed where facts.ports.contains(port) {
                error(
                    host, "port \(port) is taken, and Kubernetes needs it",
                    cure: "stop what listens there: ss -ltnp 'sport = :\(port)'")
            }
        }
        if cluster.kubernetes.controlPlaneEndpoint == .nodeProxy, !facts.hasNodeProxy,
            facts.ports.contains(NodeProxy.port)
        {
            error(
                host, "port \(NodeProxy.port) is taken, and the proxy to the control planes needs it",
                cure: "stop what listens there: ss -ltnp 'sport = :\(NodeProxy.port)'")
        }
        if host.staticAddress != nil, let said = facts.addressTakenBack {
            warning(host, said, cure: "see to that first; `up` tries it again")
        }
        if let static_ = host.staticAddress, facts.hasJoined,
            !facts.addresses.contains(where: { $0.address.address == static_.address.address })
        {
            error(
                host, "the address of a node that has joined cannot change to \(static_.address)",
                cure: "remove the node, change it, and add it again")
        }
        checkNetworks(host, facts)
    }

    private mutating func checkOwnAddress(_ host: Host, _ facts: HostFacts) {
        guard let own = CIDR.address(of: host.nodeAddress) else { return }
        let has = facts.addresses.contains { $0.address.address == own }
        if !has, host.staticAddress?.address.address != own {
            error(
                host,
                "\(host.nodeAddress) is no address of this host; it has "
                    + facts.addresses.filter { $0.link != "lo" }.map { "\($0.address)" }.joined(
                        separator: ", "),
                cure: "set address or privateAddress to one that it has")
        }
    }

    /// Pod and service networks against the host's routes.
    private mutating func checkNetworks(_ host: Host, _ facts: HostFacts) {
        // a node that has joined has routes into the pod network because it is one
        guard !facts.hasJoined else { return }
        let networks = [
            ("podNetwork", cluster.kubernetes.podNetwork),
            ("serviceNetwork", cluster.kubernetes.serviceNetwork),
        ]
        for (name, network) in networks {
            guard let network else { continue }
            for route in facts.routes {
                guard let target = route.network, target.overlaps(network) else { continue }
                // the longest prefix wins: a wider network around it goes on working
                if target.prefix < network.prefix, route.isOnLink {
                    warning(
                        host, "\(name) \(network) lies inside \(target) on \(route.link)",
                        cure: "no host of that network may have an address in \(network)")
                } else {
                    error(
                        host, "\(name) \(network) overlaps the route to \(target) on \(route.link)",
                        cure: "choose a range that no host has a route into")
                }
            }
            for (link, address) in facts.addresses where network.contains(address.address) && link != "lo" {
                error(
                    host, "\(name) \(network) holds the host's own address \(address)",
                    cure: "choose a range that holds no host")
            }
        }
    }
}
