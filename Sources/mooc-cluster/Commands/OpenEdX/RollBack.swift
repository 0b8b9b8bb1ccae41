import ArgumentParser
import Console
import Manifests
import Provisioning

/// The command `openedx rollback`.
struct RollBack: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Take a service's pods back to what they were before, and say what came back.",
        discussion: """
            The last revision whose pods were made otherwise comes back: images, arguments, variables. Settings in \
            ConfigMaps, secrets and data stay as they are. The \
            next `apply` brings the service forward again, unless the inventory is taken back too.

            Examples:
              mooc-cluster openedx rollback lms
            """)

    @Argument(help: "The service.")
    var service: String

    @Option(
        name: .customLong("to"),
        help: ArgumentHelp("That revision, not the one before.", valueName: "revision"))
    var revision: Int?

    @OptionGroup var plan: PlanOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let revision, revision < 1 { throw ValidationError("revisions begin with 1") }
    }

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let application = try Application.platform(site)
        let service = try application.rendered().service(service)
        let operation = Operation("openedx-rollback", site, hosts, context, streams: true)
        guard !plan.isOn else {
            let upkeep = try await operation.upkeep(application)
            return operation.planned(
                try await upkeep.plan(rollbackOf: service, to: revision), common.output)
        }
        return try await operation.alone(lock) {
            let view = try await operation.applyView
            let upkeep = try await operation.upkeep(application)
            let done = try await upkeep.rollBack(service, to: revision) { view.show($0) }
            let back =
                done.fields.isEmpty
                ? "nothing came back: its pods are as they were\n"
                : Change(.update, done.id, fields: done.fields).text(context.console.paint)
            operation.conclude([done].json, text: back + "rolled back: \(done.words)\n", common.output)
            return .done
        }
    }
}
