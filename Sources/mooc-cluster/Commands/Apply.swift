import ArgumentParser
import Console
import Manifests
import Provisioning
import YAML

/// The command `apply`.
struct Apply: HostCommand {
    static let configuration = CommandConfiguration(
        abstract: "Apply the application's manifests alone, and wait until everything is ready.",
        discussion: """
            Examples:
              mooc-cluster apply
              mooc-cluster apply --deadline 20m
            """)

    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let application = try Application.required(site)
        let operation = Operation("apply", site, hosts, context, streams: true)
        return try await operation.alone(lock) {
            let report = try await Deployment(application, operation).perform()
            let changed = report.changes.isEmpty ? "nothing was changed" : "\(report.changes.count) changed"
            operation.conclude(
                ["objects": .int(report.objects), "changes": .sequence(report.changes.map(\.json))],
                text: report.changes.map { $0.text(context.console.paint) }.joined()
                    + "\(report.objects) objects, all ready; \(changed)\n", common.output)
            return .done
        }
    }
}
