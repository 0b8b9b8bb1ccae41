import ArgumentParser
import Manifests
import Provisioning

/// The command `openedx exec`.
struct Execute: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "exec", abstract: "Run a program in a pod of a service.",
        discussion: """
            The pod is one that is ready, else one that runs. Standard input is read to its end first, unless it is a \
            terminal, and is then the program's; its outputs and its exit code are passed on byte for byte. The \
            program's words stand in the process list of the control plane.

            Examples:
              mooc-cluster openedx exec mysql -- sh -c 'mysqladmin --version'
            """)

    @Argument(help: "The service.")
    var service: String

    @Argument(parsing: .postTerminator, help: "The program and its arguments, behind `--`. (default: sh)")
    var command: [String] = []

    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let application = try Application.platform(site)
        let service = try application.rendered().service(service)
        let operation = Operation("openedx-exec", site, hosts, context)
        return try await operation.execute(
            command.isEmpty ? ["sh"] : command, in: service, of: application)
    }
}
