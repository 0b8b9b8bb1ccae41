import ArgumentParser
import Console
import Provisioning
import YAML

/// The command `status`.
struct Status: HostCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the cluster's nodes and the application's workloads as they are now.",
        discussion: """
            Examples:
              mooc-cluster status
              mooc-cluster status --output json
            """)

    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let operation = Operation("status", site, hosts, context)
        let status = try await ClusterStatus.read(operation)
        operation.answer(status.json, text: status.text(context.console.paint), common.output)
        return status.isWell ? .done : .failed
    }
}
