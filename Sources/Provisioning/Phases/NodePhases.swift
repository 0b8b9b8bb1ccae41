import Inventory

/// The phases of taking hosts out of a cluster; they are listed apart from those of `up`.
package enum NodePhases {
    /// The phase of what is done to a node that stays in its cluster.
    static func phase(of deed: NodeDrain.Deed, to node: String) -> Phase {
        switch deed {
        case .cordon:
            Phase(
                id: "node-cordon", title: "Cordon \(node)", help: "The node takes no new pods.",
                hosts: .firstControlPlane, needs: [])
        case .uncordon:
            Phase(
                id: "node-uncordon", title: "Uncordon \(node)", help: "The node takes pods again.",
                hosts: .firstControlPlane, needs: [])
        case .drain: drain(title: "Drain \(node)")
        }
    }

    private static func drain(title: String) -> Phase {
        Phase(
            id: "node-drain", title: title,
            help: "The node takes no new pods, and its pods go elsewhere as disruption budgets allow.",
            hosts: .firstControlPlane, needs: [])
    }

    /// The proxies of the nodes that stay forget a control plane that goes.
    private static let proxy = Phase(
        id: "api-proxy", title: "API proxy", help: "The proxy of a node forgets a control plane that goes.",
        hosts: .all, needs: [])

    /// The identifiers of phases of a removal that are for control planes alone.
    static let ofControlPlanes = EtcdPhases.ofLeaving.union([handOver.id])

    /// Removing one node that is dead: etcd forgets a control plane, what was on it is released, then the cluster
    /// forgets it.
    package static let burial: [Phase] = [
        proxy, EtcdPhases.tool, EtcdPhases.leave(after: []),
        Phase(
            id: "node-bury", title: "Fence off",
            help: "What was on a dead node is released, so that it can go elsewhere.",
            hosts: .firstControlPlane, needs: [.sameHost("etcd-leave")]),
        Phase(
            id: "node-delete", title: "Delete", help: "The cluster forgets the node.",
            hosts: .firstControlPlane, needs: [.sameHost("node-bury")]),
    ]

    /// A control plane that goes gives the common address to another one, while it can still say so.
    static let handOver = Phase(
        id: "kube-vip-leave", title: "Common address handed over",
        help: "A control plane that goes leaves the common address to the others.",
        hosts: .workers, needs: [.firstControlPlane("node-drain")])

    /// Removing one node: its pods go elsewhere, etcd forgets a control plane, then Kubernetes goes from the host, then
    /// the cluster forgets it.
    package static let removal: [Phase] = [
        drain(title: "Drain"), proxy, handOver, EtcdPhases.tool,
        EtcdPhases.leave(after: [.sameHost("node-drain"), .everywhere(handOver.id)]),
        Phase(
            id: "reset", title: "Reset", help: "Takes Kubernetes off the host; volumes' folders stay.",
            hosts: .workers, needs: [.firstControlPlane("etcd-leave")]),
        Phase(
            id: "node-delete", title: "Delete", help: "The cluster forgets the node.",
            hosts: .firstControlPlane, needs: [.everywhere("reset")]),
    ]

    /// Taking Kubernetes off all hosts: control planes last, one after the other, while etcd has a quorum to leave.
    package static let reset: [Phase] = [
        Phase(
            id: "reset", title: "Reset", help: "Takes Kubernetes off workers; volumes' folders stay.",
            hosts: .workers, needs: []),
        Phase(
            id: "reset-control-plane", title: "Reset a control plane",
            help: "Takes Kubernetes off further control planes.",
            hosts: .furtherControlPlanes, needs: [], isSerial: true, playbookName: "reset"),
        Phase(
            id: "reset-first", title: "Reset the first control plane",
            help: "Takes Kubernetes off the control plane where the cluster started.",
            hosts: .firstControlPlane, needs: [.everywhere("reset-control-plane")], playbookName: "reset"),
    ]
}
