import Inventory

/// What a host has for pods of the application.
struct NodeRoom {
    /// The host.
    let host: Host
    /// What is left on it.
    var left: Amount

    /// A host without what runs on it anyhow; nil where its processors or its memory are not known.
    ///
    /// That is what kubeadm's pods and the network plugin's ask for, and 512 MiB for the system, the kubelet and the
    /// runtime; on a control plane 1 GiB more, which its parts take and do not ask for.
    ///
    /// - Parameters:
    ///   - host: the host.
    ///   - facts: what it is.
    ///   - plugin: the network plugin.
    ///   - hosts: how many hosts the cluster has.
    init?(_ host: Host, _ facts: HostFacts, plugin: Kubernetes.NetworkPlugin, hosts: Int) {
        guard facts.processors > 0, facts.memoryKiB > 0 else { return nil }
        self.host = host
        left = Amount(processors: facts.processors * 1000, memory: facts.memoryKiB / 1024 - 512)
        // Two of CoreDNS, on two hosts if there are.
        let names = hosts > 1 ? 1 : 2
        left.processors -= 100 * names
        left.memory -= 70 * names
        switch plugin {
        case .calico: left.processors -= 250
        case .flannel:
            left.processors -= 100
            left.memory -= 50
        case .url, .file: break
        }
        if host.role == .controlPlane {
            left.processors -= 650
            left.memory -= 1024
        }
    }
}
