import ArgumentParser
import Manifests
import Provisioning

/// The command `openedx restart`.
struct Restart: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "restart",
        abstract: "Restart services, one after the other, and wait until each is ready again.",
        discussion: """
            They go in the order in which `apply` starts them, whatever the order here. Pods are replaced as in a \
            roll-out, so a service with several goes on serving.

            Examples:
              mooc-cluster openedx restart lms cms
            """)

    @Argument(help: "The services.")
    var services: [String]

    @OptionGroup var plan: PlanOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let application = try Application.platform(site)
        let rendered = try application.rendered()
        let services = try services.map { try rendered.service($0) }
        let operation = Operation("openedx-restart", site, hosts, context, streams: true)
        guard !plan.isOn else {
            let upkeep = try await operation.upkeep(application)
            return operation.planned(try await upkeep.plan(restartOf: services), common.output)
        }
        return try await operation.alone(lock) {
            let view = try await operation.applyView
            let done = try await operation.upkeep(application).restart(services) { view.show($0) }
            operation.conclude(
                done.json, text: done.map { "restarted: \($0.words)\n" }.joined(), common.output)
            return .done
        }
    }
}
