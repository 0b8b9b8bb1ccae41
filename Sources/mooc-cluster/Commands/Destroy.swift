import ArgumentParser
import Console
import Inventory
import Manifests
import Provisioning
import YAML

/// The command `destroy`.
struct Destroy: HostCommand {
    static let configuration = CommandConfiguration(
        abstract: "Remove the application from the cluster, and say which data it leaves.",
        discussion:
            """
            Folders of volumes are never touched. Volumes, claims and passwords stay too, unless asked for.

            Examples:
              mooc-cluster destroy
            """)

    @Flag(help: "Also remove volumes, claims and passwords; what the folders hold stays on the nodes.")
    var withVolumes = false

    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let operation = Operation("destroy", site, hosts, context, streams: true)
        let deployment = Deployment(try Application.required(site), operation)
        let name = "Open edX from the cluster \(site.cluster.name)"
        try await common.confirm(
            "Remove \(name)\(withVolumes ? ", with its volumes and passwords" : "")?", context)
        return try await operation.alone(lock) {
            let report = try await deployment.destroy(withData: withVolumes)
            let result: Node = [
                "removed": .sequence(report.removed.map { .string("\($0)") }),
                "kept": .sequence(report.kept.map { .string("\($0)") }),
                "folders": .sequence(
                    report.folders.map {
                        ["node": $0.node.map { .string($0) } ?? .null, "path": .string($0.path)]
                    }),
            ]
            let removed = report.removed.map { "removed: \($0)\n" }
            let kept = report.kept.map { "kept: \($0)\n" }
            let folders = report.folders.map { "data stays: \($0.node.map { $0 + ":" } ?? "")\($0.path)\n" }
            operation.conclude(result, text: (removed + kept + folders).joined(), common.output)
            return .done
        }
    }
}
