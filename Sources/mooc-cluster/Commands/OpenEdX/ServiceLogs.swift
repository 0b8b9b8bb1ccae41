import ArgumentParser
import Manifests
import Provisioning

/// The command `openedx logs`.
struct ServiceLogs: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs", abstract: "Show what the pods of a service write.",
        discussion: """
            Where there are several pods, each line says whose it is. The application's passwords and keys are shown \
            as dots.

            Examples:
              mooc-cluster openedx logs lms --follow --tail 20
            """)

    @Argument(help: "The service.")
    var service: String

    @Flag(name: .shortAndLong, help: "Go on while the pods do, until Ctrl-C.")
    var follow = false

    @Option(help: ArgumentHelp("Only so many of the last lines of each pod.", valueName: "lines"))
    var tail: Int?

    @Flag(help: "What was written before the container was last started again.")
    var previous = false

    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let tail, tail < 0 { throw ValidationError("--tail must be at least 0") }
        if follow, previous {
            throw ValidationError("what has ended cannot be followed: leave out one of them")
        }
    }

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let application = try Application.platform(site)
        let service = try application.rendered().service(service)
        let operation = Operation("openedx-logs", site, hosts, context)
        let access = try await operation.clusterAccess()
        let upkeep = try await operation.upkeep(application, access)
        let all = try await upkeep.logs(of: service, tail: tail, follows: follow, previous: previous)
        var code: Int32 = 0
        for arguments in all where code == 0 { code = try await access.log(arguments) }
        return .program(code)
    }
}
