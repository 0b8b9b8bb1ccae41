import ArgumentParser
import Console
import Provisioning
import YAML

/// The command `diff`.
struct Diff: HostCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what `apply` would change in the cluster; changes nothing.",
        discussion: "The exit code is 0 when there is nothing to change, and 2 when there is something.")

    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let application = try Application.required(site)
        let changes = try await Deployment(application, try Operation("diff", site, hosts, context)).changes()
        switch common.output {
        case .json: context.console.result(Node.sequence(changes.map(\.json)).json(pretty: true) + "\n")
        case .text where changes.isEmpty: context.console.result("nothing to change\n")
        case .text: context.console.result(changes.map { $0.text(context.console.paint) }.joined())
        }
        return changes.isEmpty ? .done : .pending
    }
}
