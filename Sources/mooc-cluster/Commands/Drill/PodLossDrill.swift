import ArgumentParser
import Console
import Provisioning

/// The command `drill pod-loss`.
struct PodLossDrill: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "pod-loss",
        abstract: "Kill one pod of a service, and measure until as many serve again.",
        discussion: """
            The pod gets no time to say goodbye. From a control plane the service is asked five times a second \
            meanwhile: which requests failed, and why, is in the result, beside what the API server has recorded. A \
            service with one pod is away until the next one is ready; what its data store loses is said before.

            The exit code is 0 when as many pods serve as before, and 1 when that did not come in time.

            Examples:
              mooc-cluster drill pod-loss lms
              mooc-cluster drill pod-loss openedx/lms --within 5m --yes --output json
            """)

    @Argument(help: "The service's name; or NAMESPACE/NAME.")
    var service: String

    @Option(
        help: ArgumentHelp("How long it is waited for: 90s, 10m.", valueName: "duration"))
    var within = TimeSpan(seconds: 300)

    @OptionGroup var plan: PlanOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let operation = Operation("drill-pod-loss", try common.site(context), hosts, context)
        let namespaces = operation.namespaces
        return try await operation.alone(lock, unless: plan) {
            let drill = try await operation.drill()
            let report = try await operation.drilling {
                try await PodLoss(service, in: namespaces, limit: within.seconds, drill).perform {
                    try await operation.agree(to: $0, plan, common)
                }
            }
            return operation.answer(report, common.output)
        }
    }
}
