import ArgumentParser
import Console
import Manifests
import Playbook
import Provisioning

/// The command `plan`.
struct Plan: HostCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what `up` would change, host by host and step by step; changes nothing.",
        discussion: """
            The exit code is 0 when there is nothing to change, and 2 when there is something.

            Examples:
              mooc-cluster plan
              mooc-cluster plan --limit n2 --skip-phases images
            """)

    @OptionGroup var phases: PhaseOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let operation = Operation("plan", site, hosts, context, streams: true)
        let settings = try operation.settings(.plan, skipped: phases.skipPhases)
        let deployment = try Deployment(operation)
        let rendered = try deployment?.application.rendered()
        let report = try await operation.watched { onEvent in
            try await Run(
                site.cluster, operation.surroundings, settings, folders: rendered?.folders ?? [],
                demand: rendered?.demand, onEvent: onEvent
            ).perform()
        }
        let pending = try await deployment?.pending(after: report)
        let status = operation.finish(
            report, isPlan: true, common.output, more: pending?.parts(context.console.paint) ?? ([], ""))
        return status == .done && pending?.isEmpty == false ? .pending : status
    }
}
