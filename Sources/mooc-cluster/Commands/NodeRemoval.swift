import ArgumentParser
import Provisioning

/// The command `node remove`.
struct NodeRemoval: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Drain a worker, take it out of the cluster and clean it.",
        discussion:
            """
            Disruption budgets are respected. A worker that alone holds a volume with data is not removed. It ends \
            with a proof of the nodes that are left, and fails when that does.

            Examples:
              mooc-cluster node remove n4
            """)

    @Argument(help: "The host's name in the inventory.")
    var name: String

    @Option(help: ArgumentHelp("How long its pods may take to go elsewhere.", valueName: "seconds"))
    var drainTimeout = 600

    @Flag(help: "Remove it although volumes are on it alone; their folders stay on the host.")
    var loseVolumes = false

    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context).only(name)
        let operation = Operation("node-remove", site, hosts, context, streams: true)
        try await common.confirm("Remove the node \(name) from its cluster?", context)
        return try await operation.alone(lock) {
            let report = try await operation.watched { onEvent in
                try await NodeRemove(
                    name, from: site.cluster, operation.surroundings, drainSeconds: drainTimeout,
                    losesVolumes: loseVolumes, onEvent: onEvent
                ).perform()
            }
            return await operation.finishProven(report, common.output)
        }
    }
}
