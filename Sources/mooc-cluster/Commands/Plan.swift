import ArgumentParser
import Console
import Manifests
import Playbook
import Provisioning
import YAML

/// The command `plan`.
struct Plan: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what `up` would change, host by host and step by step; changes nothing.",
        discussion: """
            The exit code is 0 when there is nothing to change, and 2 when there is something. --out keeps the plan \
            in a file, and `up --plan` with that file does exactly that, or refuses.

            Examples:
              mooc-cluster plan
              mooc-cluster plan --out plan.json
              mooc-cluster plan --limit n2 --skip-phases images
            """)

    @Flag(help: "Show too what `up --prune` would do: remove workers that the inventory does not name.")
    var prune = false

    @Option(
        help: ArgumentHelp("Keep the plan in this file, for `up --plan`.", valueName: "file"),
        completion: .file())
    var out: String?

    @OptionGroup var phases: PhaseOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if prune, out != nil { throw ValidationError("a kept plan removes no nodes; give --prune alone") }
    }

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let operation = Operation("plan", site, hosts, context, streams: true)
        let settings = try operation.settings(.plan, skipped: phases.skipPhases)
        let deployment = try Deployment(operation)
        let rendered = try deployment.hidden()
        for words in deployment.applications.compactMap(\.filesOutside) { context.console.say(words) }
        var report = try await operation.watched { onEvent in
            try await Run(
                site.cluster, operation.surroundings, settings, folders: rendered.flatMap(\.folders),
                demand: Demand(of: rendered.map(\.demand)), onEvent: onEvent
            ).perform()
        }
        let pending = try await deployment.pending(after: report)
        if prune, report.isDone, report.situation?.knownNodes.isEmpty == false {
            report.append(try await operation.prune(.plan, common))
        }
        let parts = pending?.parts(context.console.paint)
        let estimate = operation.estimate(of: report, more: pending?.comings ?? [])
        if let out, report.isDone {
            let kept = try KeptPlan(operation, skipped: settings.skipped.sorted(), pending)
            let text = kept.json(made: timestamp(), estimate).json(pretty: true) + "\n"
            try Files.write(text, to: context.path(out), mode: 0o600)
        }
        let status = operation.finish(
            report, isPlan: true, estimated: estimate, common.output,
            more: (report.departureParts + (parts?.json ?? []), parts?.text ?? ""))
        return status == .done && pending?.isEmpty == false ? .pending : status
    }
}
