import ArgumentParser
import Glibc
import Inventory
import Provisioning
import YAML

/// The command `etcd snapshot`.
struct SnapshotTaking: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot", abstract: "Copy all that the cluster knows into a file on this machine.",
        discussion: """
            The snapshot is taken and checked on a control plane by etcd's own programs, its checksum is compared \
            here, and nothing of it stays there. The file is its owner's alone: it holds every secret of the cluster. \
            Volumes are not in it, and neither is /etc/kubernetes/pki.

            Examples:
              mooc-cluster etcd snapshot
              mooc-cluster etcd snapshot --to /backup/lms.db
            """)

    @Option(
        help: ArgumentHelp(
            "The new file; with / at its end the folder. (default: CLUSTER-etcd-TIME.db here)",
            valueName: "file"),
        completion: .file())
    var to: String?

    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let operation = Operation("etcd-snapshot", try common.site(context), hosts, context)
        let moment = timestamp().filter { $0 != "-" && $0 != ":" }
        let name = "\(operation.site.cluster.name)-etcd-\(moment).db"
        let file = to.map { $0.hasSuffix("/") ? $0 + name : $0 } ?? name
        let path = context.path(file)
        guard Files.mode(path) == nil else {
            throw Complaint(.usage, "\(file) is there already; name a new file")
        }
        let (report, taken) = try await operation.watched { onEvent in
            try await EtcdCrew(operation.site.cluster, operation.surroundings, onEvent: onEvent)
                .snapshot(named: moment)
        }
        operation.sayTrouble(report)
        guard let taken else { return report.status }
        try Files.write(bytes: taken.snapshot.bytes, to: path, mode: 0o600) { fsync($0) == 0 }
        let size = taken.snapshot.bytes.count
        operation.answer(
            [
                "file": .string(file), "bytes": .int(size), "revision": .int(taken.revision),
                "keys": .int(taken.keys), "host": .string(taken.host),
            ],
            text:
                "\(file): \(EtcdState.megabytes(size)), \(taken.keys) keys, revision \(taken.revision), from "
                + "\(taken.host)\n", common.output)
        return .done
    }
}
