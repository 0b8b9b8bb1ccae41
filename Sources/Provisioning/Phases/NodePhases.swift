import Inventory

/// The phases of taking hosts out of a cluster; they are listed apart from those of `up`.
package enum NodePhases {
    /// Removing one worker: its pods go elsewhere, then Kubernetes goes from the host, then the cluster forgets it.
    package static let removal: [Phase] = [
        Phase(
            id: "node-drain", title: "Drain",
            help: "The node takes no new pods, and its pods go elsewhere as disruption budgets allow.",
            hosts: .firstControlPlane, needs: []),
        Phase(
            id: "reset", title: "Reset", help: "Takes Kubernetes off the host; volumes' folders stay.",
            hosts: .workers, needs: [.firstControlPlane("node-drain")]),
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
