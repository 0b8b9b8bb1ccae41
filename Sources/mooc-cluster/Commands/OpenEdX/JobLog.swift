import ArgumentParser
import Console
import Manifests
import Provisioning

/// The command `openedx jobs logs`.
struct JobLog: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs",
        abstract: "Show what the last try of a job wrote, and the way on where it failed.",
        discussion: """
            Examples:
              mooc-cluster openedx jobs logs lms-provision
            """)

    @Argument(help: "The job.")
    var name: String

    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let application = try Application.platform(site)
        let job = try application.rendered().job(name)
        let operation = Operation("openedx-jobs-logs", site, hosts, context)
        let access = try await operation.clusterAccess()
        let upkeep = try await operation.upkeep(application, access)
        let code = try await access.log(try await upkeep.log(of: job))
        for status in try await upkeep.jobs() where status.id == job.id {
            if let wayOn = status.wayOn { context.console.say(wayOn, .warning) }
        }
        return .program(code)
    }
}
