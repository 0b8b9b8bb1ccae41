import YAML

/// Checks between the parts of an inventory.
struct ClusterChecks {
    /// The `kubernetes:` part; nil when it could not be read.
    let kubernetes: KubernetesDraft?
    /// The hosts that could be read, in the order of the file.
    let hosts: [HostDraft]
    /// The parts that ask for applications.
    let applications: [ApplicationDraft]
    /// Where `hosts:` stands; nil when it is not there, which is said already.
    let hostsMark: Mark?
    /// Where errors go.
    let diagnostics: Diagnostics

    /// Runs them all.
    func run() {
        unique("name", \.host.name, at: \.name)
        unique("address", \.host.address, at: \.address)
        uniqueNodeAddresses()
        unique(
            "static address", { $0.host.staticAddress.map { CIDR.dotted($0.address.address) } },
            at: \.staticAddress)
        controlPlanes()
        networks()
        virtualAddress()
        nodeRanges()
        nodesOfVolumes()
        uniqueNamespaces()
    }

    /// Two hosts cannot share what tells them apart.
    private func unique(
        _ name: String, _ value: (HostDraft) -> String?, at mark: (HostDraft) -> Mark?
    ) {
        var seen: [String: HostDraft] = [:]
        for host in hosts {
            guard let text = value(host)?.lowercased(), !text.isEmpty else { continue }
            guard let first = seen[text] else {
                seen[text] = host
                continue
            }
            let place = mark(first).map { " at \($0)" } ?? ""
            diagnostics.error(
                "a second host has the \(name) '\(text)', which the host\(place) has already", at: mark(host),
                cure: "give each host its own")
        }
    }

    /// No host may have the private address of another, or another's address as its private one.
    private func uniqueNodeAddresses() {
        for (index, host) in hosts.enumerated() {
            guard let own = host.host.privateAddress else { continue }
            let twin = hosts.enumerated().first { other, draft in
                other < index && draft.host.privateAddress == own
                    || other != index && draft.host.address == own
            }
            guard let twin = twin?.element else { continue }
            diagnostics.error(
                "\(twin.what) has the address \(own) as well", at: host.privateAddress,
                cure: "give each host its own")
        }
    }

    private func controlPlanes() {
        let planes = hosts.filter { $0.host.role == .controlPlane }
        if planes.isEmpty, let hostsMark, hosts.allSatisfy(\.roleIsRead) {
            diagnostics.error(
                "no host is a control plane", at: hostsMark,
                cure: "write 'role: control-plane' at one of them")
        }
        guard planes.count > 1, let second = planes.dropFirst().first else { return }
        if let kubernetes, kubernetes.kubernetes.controlPlaneEndpoint == nil {
            diagnostics.warning(
                "\(planes.count) control planes are reached by the address of the first alone",
                at: second.host.mark,
                cure:
                    "set 'controlPlaneEndpoint' of 'kubernetes' to node-proxy, to { kubeVIP: ADDRESS }, or to a name "
                    + "that leads to all of them"
            )
        }
        if planes.count.isMultiple(of: 2) {
            diagnostics.warning(
                "\(planes.count) control planes bear the loss of no more of them than \(planes.count - 1) would",
                at: second.host.mark, cure: "take an odd number")
        }
    }

    /// Pods, services and hosts must not share addresses.
    private func networks() {
        guard let kubernetes else { return }
        let pods = kubernetes.kubernetes.podNetwork
        let services = kubernetes.kubernetes.serviceNetwork
        let besides = hosts.flatMap(hostNetworks).map(\.network)
        if let pods, pods.overlaps(services) {
            diagnostics.error(
                "the pods' network \(pods) shares addresses with the services' network \(services)",
                at: kubernetes.podNetwork, cure: "take " + cure(besides + [services]))
        }
        for host in hosts {
            for (network, mark) in hostNetworks(host) {
                if let pods {
                    check(
                        network, of: host, at: mark, against: pods, "pods", "podNetwork",
                        cure: cure(besides + [services]))
                }
                check(
                    network, of: host, at: mark, against: services, "services", "serviceNetwork",
                    cure: cure(besides + [pods].compactMap { $0 }))
            }
        }
    }

    /// A host's address must not lie in a network of the cluster.
    ///
    /// A cluster's network inside of a wider one of the host can work, since its routes are the narrower ones, as
    /// long as nobody else there has an address in it; so that only warns.
    private func check(
        _ network: CIDR, of host: HostDraft, at mark: Mark?, against other: CIDR, _ whose: String,
        _ key: String,
        cure: String
    ) {
        guard other.overlaps(network) else { return }
        let name = network.prefix == 32 ? CIDR.dotted(network.address) : network.description
        if other.prefix > network.prefix, !other.contains(network.address) {
            diagnostics.warning(
                "the \(whose)' network \(other) lies in \(name) of \(host.what)", at: mark,
                cure: "let nobody there have an address in it, or set '\(key)' of 'kubernetes' to \(cure)")
        } else {
            diagnostics.error(
                "\(name) of \(host.what) lies in the \(whose)' network \(other)", at: mark,
                cure: "set '\(key)' of 'kubernetes' to \(cure)")
        }
    }

    /// The addresses that are known of a host, each once, with the network around the static one.
    private func hostNetworks(_ draft: HostDraft) -> [(network: CIDR, mark: Mark?)] {
        var networks: [(network: CIDR, mark: Mark?)] = []
        if let around = draft.host.staticAddress?.address { networks.append((around, draft.staticAddress)) }
        for (text, mark) in [
            (draft.host.address, draft.address), (draft.host.privateAddress, draft.privateAddress),
        ] {
            guard let number = text.flatMap(CIDR.address(of:)),
                let network = CIDR(address: number, prefix: 32),
                !networks.contains(where: { $0.network.contains(number) })
            else { continue }
            networks.append((network, mark))
        }
        return networks
    }

    private func cure(_ others: [CIDR]) -> String {
        CIDR.free(besides: others).map { "\($0), for example" } ?? "a range that nothing else uses"
    }

    /// The pods' network must have a range for each node.
    private func nodeRanges() {
        guard let kubernetes, let pods = kubernetes.kubernetes.podNetwork else { return }
        let mask = kubernetes.kubernetes.nodeCIDRMask ?? 24
        guard mask > pods.prefix, 1 << (mask - pods.prefix) >= hosts.count else {
            let room = mask >= pods.prefix ? 1 << (mask - pods.prefix) : 0
            diagnostics.error(
                "\(pods) has room for \(room) of the \(hosts.count) hosts, as each takes a range of prefix length \(mask)",
                at: kubernetes.podNetwork, cure: "take a wider 'podNetwork' or a longer 'nodeCIDRMask'")
            return
        }
        // kube-controller-manager keeps a map of all ranges and takes no more than 16 bits of them.
        if mask - pods.prefix > 16 {
            diagnostics.error(
                "\(pods) has more than 65536 ranges of prefix length \(mask)", at: kubernetes.nodeCIDRMask,
                cure: "take a prefix length of at most \(pods.prefix + 16)")
        }
    }

    private func nodesOfVolumes() {
        let names = hosts.map(\.host.name)
        for node in applications.flatMap(\.nodes) where !names.contains(node.name) {
            diagnostics.error(
                "no host has the name '\(node.name)'", at: node.mark,
                cure: Suggestion.words(
                    for: node.name, among: names, otherwise: "write one of \(names.joined(separator: ", "))"))
        }
    }

    /// What an application no longer has is removed from its namespace, and nothing there may be another's.
    private func uniqueNamespaces() {
        for (index, draft) in applications.enumerated() {
            let namespace = draft.part.namespace
            let first = applications.prefix(index).first { $0.part.namespace == namespace }
            guard let first else { continue }
            diagnostics.error(
                "\(draft.what) has the namespace '\(namespace)', which \(first.what) has already",
                at: draft.part.mark, cure: "give each its own")
        }
    }
}
