import Inventory

extension Preflight {
    /// Whether every control plane can bear the address that they are to have in common, and nobody else has it.
    mutating func checkVirtualAddress() {
        guard let virtual = cluster.kubernetes.virtualAddress, let number = CIDR.address(of: virtual.address)
        else { return }
        let planes = cluster.hosts(of: .controlPlane)
        for host in planes {
            if let facts = facts[host.name] { checkLink(host, facts, virtual, number) }
        }
        for host in cluster.hosts {
            guard let own = facts[host.name]?.addresses.first(where: { $0.address.address == number }),
                own.address.prefix < 32 || host.role != .controlPlane
            else { continue }
            error(
                host,
                "it has \(own.address) on \(own.link), which kube-vip is to give to one of the control planes",
                cure: "take it off that link, or set kubeVIP to an address that nobody has")
        }
        let isFounded = planes.contains {
            facts[$0.name]?.isControlPlane == true || facts[$0.name]?.clusterEndpoint != nil
        }
        // one of them may have it still of a start that was cut off
        let isOurs = planes.contains {
            facts[$0.name]?.addresses.contains { $0.address.address == number } ?? false
        }
        guard !isFounded, !isOurs else { return }
        for host in planes {
            guard let said = facts[host.name]?.virtualAddressTaken else { continue }
            error(
                host, "another machine answers for \(virtual.address), by \(said)",
                cure: "set kubeVIP to an address that nobody has")
        }
    }

    /// Neighbours are told of the address by ARP, which stays in the network of a link.
    private mutating func checkLink(
        _ host: Host, _ facts: HostFacts, _ virtual: VirtualAddress, _ number: UInt32
    ) {
        guard let link = KubeVIP.link(virtual, of: host, facts) else { return }
        guard facts.links.contains(where: { $0.name == link }) else {
            error(
                host, "it has no link \(link), which is to bear \(virtual.address)",
                cure: "write the `interface` beside kubeVIP as `ip link` has it on all control planes")
            return
        }
        var networks = facts.addresses.filter { $0.link == link && $0.address.address != number }.map(
            \.address)
        networks += facts.routes.filter { $0.link == link && $0.isOnLink }.compactMap(\.network)
        if let given = host.staticAddress, given.interface == nil || given.interface == link {
            networks.append(given.address)
        }
        guard !networks.contains(where: { $0.contains(number) }) else { return }
        let names = Set(networks.filter { $0.prefix < 32 }.map { "\(CIDR.dotted($0.network))/\($0.prefix)" })
        error(
            host,
            "\(virtual.address) does not lie in the network of \(link)"
                + (names.isEmpty ? "" : ": \(names.sorted().joined(separator: ", "))"),
            cure: "set kubeVIP to an address of that network that nobody has, or `interface` to another link")
    }
}
