import ArgumentParser
import Console
import Manifests
import Playbook
import Provisioning
import YAML

/// The command `plan`.
struct Plan: HostCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what `up` would change, host by host and step by step; changes nothing.",
        discussion: """
            The exit code is 0 when there is nothing to change, and 2 when there is something. --out keeps the plan \
            in a file, and `up --plan` with that file does exactly that, or refuses.

            Examples:
              mooc-cluster plan
              mooc-cluster plan --out plan.json
              mooc-cluster plan --limit n2 --skip-phases images
            """)

    @Option(
        help: ArgumentHelp("Keep the plan in this file, for `up --plan`.", valueName: "file"),
        completion: .file())
    var out: String?

    @OptionGroup var phases: PhaseOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let operation = Operation("plan", site, hosts, context, streams: true)
        let settings = try operation.settings(.plan, skipped: phases.skipPhases)
        let deployment = try Deployment(operation)
        let rendered = try deployment.hidden()
        for words in deployment.applications.compactMap(\.filesOutside) { context.console.say(words) }
        let report = try await operation.watched { onEvent in
            try await Run(
                site.cluster, operation.surroundings, settings, folders: rendered.flatMap(\.folders),
                demand: Demand(of: rendered.map(\.demand)), onEvent: onEvent
            ).perform()
        }
        let pending = try await deployment.pending(after: report)
        if let out, report.isDone {
            let kept = try KeptPlan(operation, skipped: settings.skipped.sorted(), report, pending)
            try Files.write(
                kept.json(made: timestamp()).json(pretty: true) + "\n", to: context.path(out), mode: 0o600)
        }
        let status = operation.finish(
            report, isPlan: true, common.output, more: pending?.parts(context.console.paint) ?? ([], ""))
        return status == .done && pending?.isEmpty == false ? .pending : status
    }
}
