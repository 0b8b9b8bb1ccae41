import Inventory

extension Preflight {
    /// Whether the host fits the cluster that there is.
    mutating func checkMembership(_ host: Host, _ facts: HostFacts) {
        let first = cluster.firstControlPlane
        if facts.hasJoined, !facts.isUnfinished {
            if host.name == first?.name, !facts.isControlPlane {
                error(
                    host, "the host is a worker of some cluster, and is to be the first control plane",
                    cure: "`mooc-cluster reset --limit \(host.name)` takes it out")
            } else if host.role == .worker, facts.isControlPlane {
                error(
                    host, "the host is a control plane, and the inventory calls it a worker",
                    cure: "correct its role, or reset the host")
            } else if host.role == .controlPlane, !facts.isControlPlane {
                error(
                    host, "the host is a worker, and the inventory calls it a control plane",
                    cure: "correct its role, or reset the host")
            }
            if Situation.isStranger(host, cluster, self.facts) {
                error(
                    host, "the host has joined a cluster, but this cluster has no node '\(host.name)'",
                    cure: "`mooc-cluster reset --limit \(host.name)` takes it out; then run `up` again")
            } else if let first, let plane = self.facts[first.name], host.name != first.name,
                !plane.isControlPlane
            {
                error(
                    host, "the host has joined a cluster, and \(first.name) is no control plane yet",
                    cure: "`mooc-cluster reset --limit \(host.name)` takes it out; then run `up` again")
            }
            if let plane = first.flatMap({ self.facts[$0.name] }), plane.isControlPlane, plane.nodes == nil,
                host.name == first?.name
            {
                warning(
                    host, "the cluster's API does not answer on this control plane",
                    cure: "`up` starts the kubelet and waits for it")
            }
        }
    }

    /// What two hosts have in common and must not: clones of one virtual machine, one machine named twice.
    mutating func checkTwins() {
        twins("machine-id", { $0.machineID.isEmpty ? [] : [$0.machineID] }) { preflight, names, value in
            preflight.error(
                nil, "\(names) have the same machine-id \(value)",
                cure: "on the clone: rm /etc/machine-id && systemd-machine-id-setup, then reboot")
        }
        twins(
            "hardware address",
            { facts in
                facts.links.map(\.hardwareAddress).filter { $0 != "00:00:00:00:00:00" && !$0.isEmpty }
            }
        ) { preflight, names, value in
            preflight.error(
                nil, "\(names) have the same hardware address \(value)",
                cure: "give the clone's network card another one")
        }
        twins("product UUID", { $0.productUUID.isEmpty || $0.container != nil ? [] : [$0.productUUID] }) {
            preflight, names, value in
            preflight.warning(
                nil, "\(names) have the same product UUID \(value)",
                cure: "give the clone another one in the hypervisor; Kubernetes tells nodes apart by it")
        }
        let sizes = Set(facts.values.flatMap { facts in facts.links.filter { isMain($0, facts) }.map(\.mtu) })
        if sizes.count > 1 {
            warning(
                nil,
                "hosts have links of different MTU: \(sizes.sorted().map(String.init).joined(separator: ", "))",
                cure: "make them equal, or set the network plugin's MTU to the smallest")
        }
    }

    private func isMain(_ link: HostFacts.Link, _ facts: HostFacts) -> Bool {
        facts.routes.contains { $0.network == nil && $0.link == link.name }
    }

    private mutating func twins(
        _ what: String, _ values: (HostFacts) -> [String],
        report: (inout Preflight, _ names: String, _ value: String) -> Void
    ) {
        var owners: [(value: String, hosts: [String])] = []
        for host in cluster.hosts {
            guard let facts = facts[host.name] else { continue }
            for value in Set(values(facts)).sorted() {
                if let index = owners.firstIndex(where: { $0.value == value }) {
                    owners[index].hosts.append(host.name)
                } else {
                    owners.append((value, [host.name]))
                }
            }
        }
        for owner in owners where owner.hosts.count > 1 {
            report(&self, owner.hosts.joined(separator: " and "), owner.value)
        }
    }

    /// Clocks against this machine's; certificates are not yet valid on a host whose clock is behind.
    mutating func checkClocks() {
        let limit = 30
        var offsets: [(host: Host, seconds: Int)] = []
        for host in cluster.hosts {
            guard let there = facts[host.name]?.clock, let here = clocks[host.name] else { continue }
            offsets.append((host, (there - here) / 1_000_000_000))
        }
        let sorted = offsets.map(\.seconds).sorted()
        guard let median = sorted.isEmpty ? nil : sorted[sorted.count / 2] else { return }
        for (host, seconds) in offsets where abs(seconds - median) > limit {
            error(
                host,
                "its clock is \(abs(seconds - median)) s \(seconds > median ? "ahead of" : "behind") the others",
                cure: "set it: timedatectl set-ntp true, or `date -s` by hand")
        }
    }
}
