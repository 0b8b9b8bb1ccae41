import ArgumentParser
import Console
import Manifests
import Provisioning
import YAML

/// The command `apply`.
struct Apply: HostCommand {
    static let configuration = CommandConfiguration(
        abstract: "Apply the application's manifests alone, and wait until everything is ready.")

    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let application = try Application.required(site)
        let operation = try Operation("apply", site, hosts, context)
        return try await operation.alone(lock) {
            let report = try await Deployment(application, operation).perform()
            switch common.output {
            case .json:
                let result: Node = [
                    "objects": .int(report.objects), "changes": .sequence(report.changes.map(\.json)),
                ]
                context.console.result(result.json(pretty: true) + "\n")
            case .text:
                let changed =
                    report.changes.isEmpty ? "nothing was changed" : "\(report.changes.count) changed"
                context.console.result(
                    report.changes.map { $0.text(context.console.paint) }.joined()
                        + "\(report.objects) objects, all ready; \(changed)\n")
            }
            return .done
        }
    }
}
