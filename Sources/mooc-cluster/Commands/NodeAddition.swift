import ArgumentParser
import Provisioning

/// The command `node add`.
struct NodeAddition: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Bring a host of the inventory into the cluster; touches it and one control plane.",
        discussion: """
            It ends with a proof of all nodes from inside of the cluster, and fails when that does.

            Examples:
              mooc-cluster node add n4
            """)

    @Argument(help: "The host's name in the inventory.")
    var name: String

    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context).only([name])
        let operation = Operation("node-add", site, hosts, context, streams: true)
        let folders = try Deployment(operation)?.folders() ?? []
        return try await operation.alone(lock) {
            let report = try await operation.watched { onEvent in
                try await NodeAdd(
                    name, to: site.cluster, operation.surroundings, folders: folders, onEvent: onEvent
                ).perform()
            }
            return await operation.finishProven(report, common.output)
        }
    }
}
