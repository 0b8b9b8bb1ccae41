import ArgumentParser
import Console
import Provisioning
import YAML

/// The command `status`.
struct Status: HostCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the cluster's nodes and the application's workloads as they are now.")

    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let operation = try Operation("status", site, hosts, context)
        let status = try await ClusterStatus.read(operation)
        switch common.output {
        case .json: context.console.result(status.json.json(pretty: true) + "\n")
        case .text: context.console.result(status.text(context.console.paint))
        }
        return status.isWell ? .done : .failed
    }
}
