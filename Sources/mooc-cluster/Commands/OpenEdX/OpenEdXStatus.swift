import ArgumentParser
import Console
import Manifests
import Provisioning

/// The command `openedx status`.
struct OpenEdXStatus: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show services, jobs and queues as they are now, and why something is not well.",
        discussion: """
            The exit code is 0 when all services are ready and no job has failed, else 1.

            Examples:
              mooc-cluster openedx status --output json
            """)

    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let application = try Application.platform(site)
        let operation = Operation("openedx-status", site, hosts, context)
        let view = try await operation.applicationStatus(application)
        operation.answer(view.json, text: view.text(context.console.paint), common.output)
        return view.status.isWell ? .done : .failed
    }
}
