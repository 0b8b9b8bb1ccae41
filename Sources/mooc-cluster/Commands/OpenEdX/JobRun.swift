import ArgumentParser
import Manifests
import Provisioning
import YAML

/// The command `openedx jobs run`.
struct JobRun: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run jobs again, and wait until they are done.",
        discussion: """
            Jobs run one after the other in the order of `apply`, whatever the order here; each is made so that doing \
            it again loses nothing. One that runs at this moment is left alone, and nothing is started then.

            Examples:
              mooc-cluster openedx jobs run lms-provision
            """)

    @Argument(help: "The jobs.")
    var names: [String]

    @OptionGroup var plan: PlanOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let application = try Application.platform(site)
        let rendered = try application.rendered()
        let jobs = try names.map { try rendered.job($0) }
        let operation = Operation("openedx-jobs-run", site, hosts, context, streams: true)
        guard !plan.isOn else {
            let upkeep = try await operation.upkeep(application)
            return operation.planned(try await upkeep.plan(runOf: jobs), common.output)
        }
        return try await operation.alone(lock) {
            let view = try await operation.applyView
            try await operation.upkeep(application).run(jobs) { view.show($0) }
            operation.conclude(
                ["jobs": .sequence(jobs.map { .string($0.shortName) })],
                text: jobs.map { "\($0.shortName) is done\n" }.joined(), common.output)
            return .done
        }
    }
}
