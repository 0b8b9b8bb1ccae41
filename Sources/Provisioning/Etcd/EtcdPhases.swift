import Inventory

/// The phases of work on etcd; they are listed apart from those of `up`.
package enum EtcdPhases {
    /// Puts etcd's own programs within reach, on one control plane.
    package static let tool = Phase(
        id: "etcd-tool", title: "etcd's tools", help: "Makes etcd's own programs run on the host.",
        hosts: .firstControlPlane, needs: [])

    /// Asks etcd about its members.
    package static let status = Phase(
        id: "etcd-status", title: "State of etcd", help: "Reads members, health and alarms.",
        hosts: .firstControlPlane, needs: [])

    /// Takes a snapshot.
    package static let snapshot = Phase(
        id: "etcd-snapshot", title: "Snapshot", help: "Takes a snapshot of etcd and checks it.",
        hosts: .firstControlPlane, needs: [])

    /// The phases of a removal that are for control planes alone.
    static let ofLeaving: Set = [tool.id, "etcd-leave"]

    /// Lets etcd forget the member of a control plane that goes.
    ///
    /// - Parameter needs: what comes before it on the same host, besides the tools.
    /// - Returns: the phase.
    static func leave(after needs: [Phase.Need]) -> Phase {
        Phase(
            id: "etcd-leave", title: "Leave etcd",
            help: "etcd forgets the member of a control plane that goes.",
            hosts: .firstControlPlane, needs: needs + [.sameHost("etcd-tool")])
    }

    /// Takes the file of a snapshot to the control plane.
    static let restoreFile = Phase(
        id: "etcd-restore-file", title: "Snapshot across", help: "Takes the snapshot to the control plane.",
        hosts: .firstControlPlane, needs: [.sameHost("etcd-tool")])

    /// Putting a snapshot in the place of etcd's data, and making all forget that remember what came after it.
    package static let restore: [Phase] = [
        tool, restoreFile,
        Phase(
            id: "etcd-restore", title: "Restore of etcd",
            help:
                "Stops the API server, puts the snapshot in the place of etcd's data, and starts them again.",
            hosts: .firstControlPlane, needs: [.sameHost("etcd-restore-file")]),
        Phase(
            id: "etcd-restored", title: "Kubelet anew", help: "Restarts the kubelet.", hosts: .all,
            needs: [.firstControlPlane("etcd-restore")]),
        Phase(
            id: "etcd-restore-done", title: "End of the restore",
            help: "Restarts what watches the cluster from kube-system, and clears away.",
            hosts: .firstControlPlane, needs: [.everywhere("etcd-restored")]),
    ]
}
