import ArgumentParser
import Console
import Manifests
import Provisioning
import YAML

/// The command `apply`.
struct Apply: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Apply the manifests of applications alone, and wait until everything is ready.",
        discussion: """
            --plan says what `diff` says.

            Examples:
              mooc-cluster apply
              mooc-cluster apply --application mediawiki --deadline 20m
            """)

    @OptionGroup var which: ApplicationOptions
    @OptionGroup var plan: PlanOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let applications = try Application.chosen(site, which.application)
        let operation = Operation("apply", site, hosts, context, streams: true)
        let deployment = Deployment(applications, operation)
        guard !plan.isOn else { return operation.planned(try await deployment.changes(), common.output) }
        return try await operation.alone(lock) {
            let reports = try await deployment.perform()
            let changes = reports.flatMap(\.changes)
            let objects = reports.reduce(0) { $0 + $1.objects }
            let changed = changes.isEmpty ? "nothing was changed" : "\(changes.count) changed"
            operation.conclude(
                ["objects": .int(objects), "changes": .sequence(changes.map(\.json))],
                text: changes.map { $0.text(context.console.paint) }.joined()
                    + "\(objects) objects, all ready; \(changed)\n", common.output)
            return .done
        }
    }
}
