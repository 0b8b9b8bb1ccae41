import ArgumentParser
import Console
import Inventory
import Manifests
import Provisioning
import YAML

/// The command `openedx prune`.
struct Prune: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Remove what is in the cluster for this application and no longer rendered.",
        discussion: """
            It is shown first, and removed with --yes or when it is confirmed. Claims, volumes and secrets stay, and \
            are named, unless they are asked for; folders of volumes are never touched.

            Examples:
              mooc-cluster openedx prune
            """)

    @Flag(help: "Also remove claims, volumes and secrets that are no longer rendered.")
    var withVolumes = false

    @OptionGroup var plan: PlanOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let application = try Application.platform(site)
        let operation = Operation("openedx-prune", site, hosts, context, streams: true)
        let upkeep = try await operation.upkeep(application)
        let found = try await upkeep.leftOver()
        let kept = withVolumes ? [] : found.holding
        let going = found.loose + (withVolumes ? found.holding : [])
        guard !plan.isOn else {
            return operation.planned(going.map { Change(.delete, $0) }, common.output)
        }
        guard !going.isEmpty else { return say([], kept, operation) }
        let lines = going.map { Change(.delete, $0).text(context.console.paint) }
        context.console.list(lines.map { String($0.dropLast()) }, .note)
        try await common.confirm("Remove these from the cluster \(site.cluster.name)?", context)
        return try await operation.alone(lock) {
            let view = try await operation.applyView
            let removed = try await upkeep.prune(only: going) { view.show($0) }
            return say(removed, kept, operation)
        }
    }

    private func say(_ removed: [ObjectID], _ kept: [ObjectID], _ operation: Operation) -> ExitStatus {
        let text =
            removed.isEmpty ? "nothing to remove\n" : removed.map { "removed: \($0)\n" }.joined()
        operation.conclude(
            [
                "removed": .sequence(removed.map { .string("\($0)") }),
                "kept": .sequence(kept.map { .string("\($0)") }),
            ],
            text: text + kept.map { "kept, since it may hold what is nowhere else: \($0)\n" }.joined(),
            common.output)
        return .done
    }
}
