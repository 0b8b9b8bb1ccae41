import ArgumentParser
import Manifests
import Provisioning

/// The command `openedx manage`.
struct Manage: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "manage",
        abstract: "Run Django's manage.py of the LMS or of Studio.",
        discussion: """
            It runs in a pod of that service, with the settings that the service has; input, outputs and exit code \
            are passed on as by `openedx exec`.

            Examples:
              mooc-cluster openedx manage lms -- showmigrations student
            """)

    @Argument(help: "lms or cms.")
    var part = "lms"

    @Argument(parsing: .postTerminator, help: "The command of manage.py and its arguments, behind `--`.")
    var command: [String] = []

    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !command.isEmpty else {
            throw ValidationError("what shall manage.py do? Write it behind `--`, such as -- help")
        }
    }

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let application = try Application.platform(site)
        let (service, words) = try application.rendered().manage(part, in: application.edition)
        let operation = Operation("openedx-manage", site, hosts, context)
        return try await operation.execute(words + command, in: service, of: application)
    }
}
