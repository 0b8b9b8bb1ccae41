import ArgumentParser
import Console
import Inventory
import Provisioning

/// The command `etcd restore`.
struct SnapshotRestoring: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Put a snapshot in the place of what the cluster knows.",
        discussion: """
            The API servers and etcd are stopped on all control planes meanwhile; pods run on. What came after the \
            snapshot is forgotten: objects made since are gone, and their containers are ended; objects deleted \
            since are back. What etcd has now stays on each control plane as /var/lib/etcd-before-TIME, or as \
            before-TIME in /var/lib/etcd where that is a mount. All control planes must be reached, and nothing is \
            stopped before they are; one that is lost for good has to leave the inventory first. A restore that was \
            cut off goes on when it is asked for again with the same file.

            Examples:
              mooc-cluster etcd restore lms-etcd-20261121T234000Z.db
            """)

    @Argument(help: "The file that `etcd snapshot` wrote.", completion: .file())
    var file: String

    @OptionGroup var plan: PlanOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let bytes = try Files.read(context.path(file))
        let snapshot = try EtcdSnapshot(bytes)
        let operation = Operation("etcd-restore", site, hosts, context, streams: true)
        let planes = site.cluster.hosts(of: .controlPlane).map(\.name).joined(separator: ", ")
        let others = operation.hosts.map(\.name).joined(separator: ", ")
        context.console.list(
            [
                "\(planes): \(file), \(Bytes.megabytes(bytes.count)), takes the place of what etcd has now",
                "\(planes): what etcd has now stays there, in a folder before-TIME",
                "\(planes): the API server, the scheduler and the controllers are away meanwhile; pods run on",
                "\(others): the kubelet restarts", "in kube-system: deployments and daemon sets restart",
            ], .warning)
        if !plan.isOn {
            try await common.confirm("Forget all that the cluster learnt after this snapshot?", context)
        }
        return try await operation.alone(lock, unless: plan) {
            let report = try await operation.watched { onEvent in
                try await EtcdRestore(
                    snapshot, to: site.cluster, operation.surroundings, hosts: site.hosts, mode: plan.mode,
                    onEvent: onEvent
                ).perform()
            }
            return await operation.finishProven(report, common.output, unless: plan)
        }
    }
}
