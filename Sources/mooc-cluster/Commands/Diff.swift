import ArgumentParser
import Console
import Provisioning
import YAML

/// The command `diff`.
struct Diff: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show what `apply` would change in the cluster; changes nothing.",
        discussion: """
            The exit code is 0 when there is nothing to change, and 2 when there is something.

            Examples:
              mooc-cluster diff
            """)

    @OptionGroup var which: ApplicationOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let applications = try Application.chosen(site, which.application)
        let operation = Operation("diff", site, hosts, context)
        let changes = try await Deployment(applications, operation).changes()
        let list = Node.sequence(changes.map(\.json))
        operation.answer(
            list, kept: ["changes": list], text: changes.text(context.console.paint), common.output)
        return changes.isEmpty ? .done : .pending
    }
}
