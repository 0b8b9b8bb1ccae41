import Inventory

extension Preflight {
    /// Whether a firewall would keep the nodes from each other; of a host that has joined, the cluster tells more.
    ///
    /// The ports are those of kubernetes.io's "Ports and Protocols" that other nodes reach, and BGP for Calico.
    mutating func checkFirewall(_ host: Host, _ facts: HostFacts) {
        guard let firewall = facts.firewall, !facts.hasJoined || facts.isUnfinished else { return }
        var needed = [10250]
        if host.role == .controlPlane {
            needed.append(6443)
            if cluster.hosts(of: .controlPlane).count > 1 { needed += [2379, 2380] }
        }
        var between = ""
        switch cluster.kubernetes.networkPlugin {
        case .calico:
            needed.append(179)
            between = ", and IP protocol 4 (IPIP) for Calico"
        case .flannel: between = ", and UDP 8472 for Flannel"
        case .url, .file: between = ", and what the network plugin needs"
        }
        let closed = needed.filter { port in !firewall.ports.contains { $0.contains(port) } }
        guard !closed.isEmpty else { return }
        warning(
            host,
            "the firewall \(firewall.name) is active, and is not seen to let in TCP \(closed.map(String.init).joined(separator: ", "))",
            cure: "let the other nodes in on these\(between), and pods to services; or turn it off")
    }

    /// Whether what is installed is newer than what is wanted: packages are not taken back to an older version.
    mutating func checkInstalled(_ host: Host, _ facts: HostFacts) {
        let installed = [
            ("kubeadm", facts.kubeadm), ("kubelet", facts.kubelet), ("kubectl", facts.kubectl),
        ]
        let newer = installed.first { _, version in version.map { $0 > release.version } ?? false }
        guard let (name, version) = newer, let version else { return }
        let first = facts.hasJoined ? "`mooc-cluster reset --limit \(host.name)`, then " : ""
        error(
            host, "\(name) \(version) is installed, newer than the \(release.version) that is wanted",
            cure: "write version: \"\(version)\", or take it off: \(first)on the host "
                + "`apt-get purge --allow-change-held-packages kubeadm kubelet kubectl`")
    }
}
