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
        let place = try SnapshotPlace(to, of: operation.site.cluster, context)
        let (report, taken) = try await operation.watched { try await place.take(operation, $0) }
        guard let taken else { return report.status }
        operation.answer(
            [
                "file": .string(place.file), "bytes": .int(taken.snapshot.bytes.count),
                "revision": .int(taken.revision), "keys": .int(taken.keys), "host": .string(taken.host),
            ], text: taken.words(place.file) + "\n", common.output)
        return .done
    }
}
