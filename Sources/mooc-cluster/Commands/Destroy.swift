import ArgumentParser
import Console
import Inventory
import Manifests
import Provisioning
import YAML

/// The command `destroy`.
struct Destroy: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "destroy",
        abstract: "Remove applications from the cluster, and say which data they leave.",
        discussion:
            """
            Folders of volumes are never touched. Volumes, claims and passwords stay too, unless asked for.

            Examples:
              mooc-cluster destroy --plan
              mooc-cluster destroy
              mooc-cluster destroy --application mediawiki
            """)

    @Flag(help: "Also remove volumes, claims and passwords; what the folders hold stays on the nodes.")
    var withVolumes = false

    @OptionGroup var which: ApplicationOptions
    @OptionGroup var plan: PlanOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let operation = Operation("destroy", site, hosts, context, streams: true)
        let deployment = Deployment(try Application.chosen(site, which.application), operation)
        guard !plan.isOn else {
            return operation.planned(try await deployment.doomed(withData: withVolumes), common.output)
        }
        let titles = deployment.applications.map(\.edition.title).joined(separator: ", ")
        let name = "\(titles) from the cluster \(site.cluster.name)"
        try await common.confirm(
            "Remove \(name)\(withVolumes ? ", with its volumes and passwords" : "")?", context)
        return try await operation.alone(lock) {
            let reports = try await deployment.destroy(withData: withVolumes)
            let (removed, kept) = (reports.flatMap(\.removed), reports.flatMap(\.kept))
            let folders = reports.flatMap(\.folders)
            let result: Node = [
                "removed": .sequence(removed.map { .string("\($0)") }),
                "kept": .sequence(kept.map { .string("\($0)") }),
                "folders": .sequence(
                    folders.map {
                        ["node": $0.node.map { .string($0) } ?? .null, "path": .string($0.path)]
                    }),
            ]
            let lines =
                removed.map { "removed: \($0)\n" } + kept.map { "kept: \($0)\n" }
                + folders.map { "data stays: \($0.node.map { $0 + ":" } ?? "")\($0.path)\n" }
            operation.conclude(result, text: lines.joined(), common.output)
            return .done
        }
    }
}
