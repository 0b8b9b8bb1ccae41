import Inventory

/// What a host has for pods of the application.
struct NodeRoom {
    /// The host.
    let host: Host
    /// What is left on it.
    var left: Amount
    /// How many pods more it can have.
    var places: Int

    /// A host without what runs on it anyhow; nil where its processors or its memory are not known.
    ///
    /// That is what kubeadm's pods and the network plugin's ask for, and 512 MiB for the system, the kubelet and the
    /// runtime; on a control plane 1 GiB more, which its parts take and do not ask for.
    ///
    /// - Parameters:
    ///   - host: the host.
    ///   - facts: what it is.
    ///   - kubernetes: the inventory's part that names the network plugin and each node's share of addresses.
    ///   - hosts: how many hosts the cluster has.
    init?(_ host: Host, _ facts: HostFacts, _ kubernetes: Kubernetes, hosts: Int) {
        guard facts.processors > 0, facts.memoryKiB > 0 else { return nil }
        self.host = host
        left = Amount(processors: facts.processors * 1000, memory: facts.memoryKiB / 1024 - 512)
        // Two of CoreDNS, on two hosts if there are.
        let names = hosts > 1 ? 1 : 2
        left.processors -= 100 * names
        left.memory -= 70 * names
        switch kubernetes.networkPlugin {
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
        // Of the kubelet's own 110 (`maxPods` of its configuration) a control plane has six already, a worker two, which
        // have the host's address; on each a proof has one pod, and on one of them two.
        let system = host.role == .controlPlane ? 6 : 2
        places = max(min(Self.addresses(kubernetes), 110 - system) - names - 2, 0)
    }

    /// Whether one pod more can stand here.
    func takes(_ pod: Amount) -> Bool { places > 0 && pod.fits(into: left) }

    /// Lets pods stand here that ask for so much together.
    mutating func take(_ amount: Amount, pods: Int = 1) {
        left -= amount
        places -= pods
    }

    /// How many pods can have an address on one node.
    ///
    /// Calico has blocks of its own and takes from another node's where they are used up. Others take the node's share,
    /// without its first and last address and the gateway's (host-local of the CNI plugins).
    private static func addresses(_ kubernetes: Kubernetes) -> Int {
        guard kubernetes.networkPlugin != .calico, let mask = kubernetes.nodeCIDRMask else { return .max }
        return (1 << (32 - mask)) - 3
    }
}
