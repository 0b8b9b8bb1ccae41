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

    /// Takes the file of a snapshot to the control planes.
    static let restoreFile = Phase(
        id: "etcd-restore-file", title: "Snapshot across", help: "Takes the snapshot to the control planes.",
        hosts: .controlPlanes, needs: [.sameHost(tool.id)])

    /// Putting a snapshot in the place of etcd's data, and making all forget that remember what came after it.
    ///
    /// No member of etcd may start with the data of the snapshot while another one still has what came after it: both
    /// would take each other for members of one cluster. So each stage ends on all control planes before the next begins.
    package static let restore: [Phase] = [
        Phase(id: tool.id, title: tool.title, help: tool.help, hosts: .controlPlanes, needs: []),
        restoreFile,
        Phase(
            id: "etcd-restore-check", title: "Look before a restore",
            help: "Checks the snapshot and the members of etcd.",
            hosts: .controlPlanes, needs: [.sameHost(restoreFile.id)]),
        Phase(
            id: "etcd-restore-stop", title: "Stop", help: "Stops the API server and etcd.",
            hosts: .controlPlanes, needs: [.everywhere("etcd-restore-check")]),
        Phase(
            id: "etcd-restore", title: "Restore of etcd",
            help: "Puts the snapshot in the place of etcd's data.",
            hosts: .controlPlanes, needs: [.everywhere("etcd-restore-stop")]),
        Phase(
            id: "etcd-restore-start", title: "Start", help: "Starts etcd and the API server again.",
            hosts: .controlPlanes, needs: [.everywhere("etcd-restore")]),
        Phase(
            id: "etcd-restored", title: "Kubelet anew", help: "Restarts the kubelet.", hosts: .all,
            needs: [.everywhere("etcd-restore-start")]),
        Phase(
            id: "etcd-restore-watchers", title: "Watchers anew",
            help: "Restarts what watches the cluster from kube-system.",
            hosts: .firstControlPlane, needs: [.everywhere("etcd-restored")]),
        Phase(
            id: "etcd-restore-done", title: "End of the restore", help: "Clears away.",
            hosts: .controlPlanes, needs: [.firstControlPlane("etcd-restore-watchers")]),
    ]
}
