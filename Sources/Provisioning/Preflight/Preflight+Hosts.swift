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
                    cure: facts.isControlPlane
                        ? "where \(first.name) is to join that cluster, write it after \(host.name) into the inventory; "
                            + "else `mooc-cluster reset --limit \(host.name)` takes the host out"
                        : "`mooc-cluster reset --limit \(host.name)` takes it out; then run `up` again")
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
        twins({ $0.machineID.isEmpty ? [] : [$0.machineID] }) { preflight, hosts, value in
            let names = preflight.names(hosts)
            if preflight.areOneMachine(hosts) {
                preflight.error(
                    nil,
                    "\(names) are one machine: the same machine-id, started at once, the same network card",
                    cure:
                        "leave one of the names in the inventory; steps for one would undo those for the other"
                )
                return
            }
            preflight.error(
                nil, "\(names) have the same machine-id \(value)",
                cure: "on the clone: rm /etc/machine-id && systemd-machine-id-setup, then reboot")
        }
        twins(\.hardwareAddresses) { preflight, hosts, value in
            guard !preflight.areOneMachine(hosts) else { return }
            preflight.error(
                nil, "\(preflight.names(hosts)) have the same hardware address \(value)",
                cure: "give the clone's network card another one")
        }
        twins({ $0.productUUID.isEmpty || $0.container != nil ? [] : [$0.productUUID] }) {
            preflight, hosts, value in
            guard !preflight.areOneMachine(hosts) else { return }
            preflight.warning(
                nil, "\(preflight.names(hosts)) have the same product UUID \(value)",
                cure: "give the clone another one in the hypervisor; Kubernetes tells nodes apart by it")
        }
        checkAddresses()
        let sizes = Set(facts.values.flatMap { facts in facts.links.filter { isMain($0, facts) }.map(\.mtu) })
        if sizes.count > 1 {
            warning(
                nil,
                "hosts have links of different MTU: \(sizes.sorted().map(String.init).joined(separator: ", "))",
                cure: "make them equal, or set the network plugin's MTU to the smallest")
        }
    }

    /// Whether a host has the address by which the cluster knows another one.
    private mutating func checkAddresses() {
        for host in cluster.hosts {
            guard let own = CIDR.address(of: host.nodeAddress), own >> 24 != 127 else { continue }
            for other in cluster.hosts
            where other.name != host.name && !areOneMachine([host.name, other.name]) {
                guard facts[other.name]?.addresses.contains(where: { $0.address.address == own }) ?? false
                else { continue }
                error(
                    other, "it has \(host.nodeAddress), the address of \(host.name)",
                    cure: "give each its own: `ip -4 addr` on \(other.name) says where it stands")
            }
        }
    }

    /// Whether names of the inventory lead to the same running system.
    private func areOneMachine(_ hosts: [String]) -> Bool {
        let all = hosts.compactMap { facts[$0] }
        guard let first = all.first, all.count > 1, !first.machineID.isEmpty, !first.bootID.isEmpty,
            !first.hardwareAddresses.isEmpty
        else { return false }
        return all.allSatisfy {
            $0.machineID == first.machineID && $0.bootID == first.bootID
                && $0.hardwareAddresses == first.hardwareAddresses
        }
    }

    private func names(_ hosts: [String]) -> String { hosts.joined(separator: " and ") }

    private func isMain(_ link: HostFacts.Link, _ facts: HostFacts) -> Bool {
        facts.routes.contains { $0.network == nil && $0.link == link.name }
    }

    private mutating func twins(
        _ values: (HostFacts) -> [String],
        report: (inout Preflight, _ hosts: [String], _ value: String) -> Void
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
            report(&self, owner.hosts, owner.value)
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
