import ArgumentParser
import Manifests
import Provisioning

/// The command `openedx scale`.
struct Scale: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "scale",
        abstract: "Give a service another number of pods, until the next `apply`.",
        discussion: """
            What keeps it is `openedx.replicas` of the inventory. Services that must be one are refused with the \
            reason, and so are those that an autoscaler keeps (`openedx.maxReplicas`).

            Examples:
              mooc-cluster openedx scale lms=3
            """)

    @Argument(help: ArgumentHelp("The service and how many pods it is to have.", valueName: "service=number"))
    var wanted: ReplicaCount

    @OptionGroup var plan: PlanOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let application = try Application.platform(site)
        let rendered = try application.rendered()
        let service = try rendered.service(wanted.service)
        if let why = application.edition.scalingRefusal(service, in: rendered) {
            throw UpkeepError.notScalable(service.name, because: why)
        }
        let operation = Operation("openedx-scale", site, hosts, context, streams: true)
        guard !plan.isOn else {
            let upkeep = try await operation.upkeep(application)
            return operation.planned(
                try await upkeep.plan(scalingOf: service, to: wanted.count), common.output)
        }
        return try await operation.alone(lock) {
            let view = try await operation.applyView
            let upkeep = try await operation.upkeep(application)
            let done = try await upkeep.scale(service, to: wanted.count) { view.show($0) }
            let keeping =
                service.replicas == wanted.count
                ? "as the inventory says\n"
                : "the next `apply` makes it \(service.replicas) again; what keeps it is, below `openedx:` of the "
                    + "inventory, replicas: { \(service.name): \(wanted.count) }\n"
            operation.conclude([done].json, text: "scaled: \(done.words)\n" + keeping, common.output)
            return .done
        }
    }
}
