import Inventory

/// The phases of an upgrade; they are listed apart from those of `up`.
package enum UpgradePhases {
    /// What is done on all hosts at once, while everything runs: kubeadm, and the images.
    static let preparation: [Phase] = [
        Phase(
            id: "upgrade-packages", title: "kubeadm of the new version",
            help: "Installs the new kubeadm, which changes nothing yet.", hosts: .all, needs: [],
            playbookName: "packages"),
        Phase(
            id: "images", title: "Images", help: "Pulls the images before they are needed.", hosts: .all,
            needs: [.sameHost("upgrade-packages")]),
    ]

    /// What kubeadm does on a host.
    static let kubeadm = Phase(
        id: "upgrade-kubeadm", title: "kubeadm upgrade",
        help: "kubeadm brings the host, on the first control plane the cluster, to the version.", hosts: .all,
        needs: [])

    /// Keeping pods off a node, with a mark that tells it from one that somebody else keeps them off.
    static func hold(_ node: String) -> Phase {
        Phase(
            id: "upgrade-hold", title: "Cordon \(node)", help: "The node takes no new pods.",
            hosts: .firstControlPlane, needs: [])
    }

    /// Letting pods back that were kept off by the upgrade.
    static func release(_ node: String) -> Phase {
        Phase(
            id: "upgrade-release", title: "Uncordon \(node)", help: "The node takes pods again.",
            hosts: .firstControlPlane, needs: [])
    }

    /// What is done on a host whose node is drained, in order; of the runtimes the one that the cluster has.
    static let drained: [Phase] = [
        Phase(
            id: "containerd", title: "containerd", help: "The containerd that goes with the version.",
            hosts: .all, needs: [],
            applies: { situation, _ in situation.cluster.kubernetes.runtime == .containerd }),
        Phase(
            id: "packages", title: "Kubernetes packages", help: "kubelet and kubectl of the new version.",
            hosts: .all, needs: []),
        Phase(
            id: "upgrade-kubelet", title: "kubelet upgrade",
            help: "The new kubelet runs, and what is on the node with it is well.", hosts: .all, needs: []),
        Phase(
            id: "kube-vip", title: "kube-vip",
            help: "The control planes' common address by the credentials that kubeadm has written.",
            hosts: .controlPlanes, needs: [],
            applies: { $1.role == .controlPlane && KubeVIP.isAskedFor($0, $1) }),
    ]

    /// The identifiers of what is done on one host after the other, as long as workers are not away at once.
    static let turns = Set((drained + [kubeadm, NodePhases.phase(of: .drain(seconds: 0), to: "")]).map(\.id))

    /// What follows when all control planes are done, on the first of them.
    static let network = Phase(
        id: "network-plugin", title: "Network plugin", help: "The network plugin that goes with the version.",
        hosts: .firstControlPlane, needs: [])

    /// What follows when all hosts are done, on the first control plane.
    static let last: [Phase] = [
        Phase(
            id: "coredns", title: "CoreDNS", help: "Cluster DNS rolled out, on more than one node.",
            hosts: .firstControlPlane, needs: []),
        Phases.kubeconfig,
    ]

    /// All that have a playbook.
    package static let all =
        preparation + [kubeadm, NodePhases.phase(of: .drain(seconds: 0), to: "")] + drained + [network] + last
}
