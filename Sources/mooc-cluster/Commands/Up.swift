import ArgumentParser
import Console
import Manifests
import Playbook
import Provisioning

/// The command `up`.
struct Up: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "up",
        abstract: "Bring servers up to a proven cluster with Open edX; a second run changes nothing.",
        discussion: """
            Run it again after any interruption: it goes on from what is there. The record of each run stands below \
            ~/.local/state/mooc-cluster.

            With --plan, what `plan --out` has kept is done, with its --limit and --skip-phases. First it is planned \
            anew; where that comes out otherwise, each file and host that has changed since is named, nothing is \
            done, and the exit code is 1.

            Examples:
              mooc-cluster up
              mooc-cluster plan --out plan.json; mooc-cluster up --plan plan.json
              mooc-cluster up --accept-new-host-keys --deadline 1h --output json
            """)

    @Flag(help: "Then remove workers that the inventory does not name, as `node remove` does.")
    var prune = false

    @Option(
        name: .customLong("plan"),
        help: ArgumentHelp("Do what this plan says, or nothing.", valueName: "file"), completion: .file())
    var planFile: String?

    @OptionGroup var phases: PhaseOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard planFile != nil else { return }
        if common.limit != nil || !phases.skipPhases.isEmpty {
            throw ValidationError("--plan brings its own --limit and --skip-phases")
        }
        if prune { throw ValidationError("a kept plan removes no nodes; give --prune alone") }
    }

    func run(in context: Context) async throws -> ExitStatus {
        let kept = try planFile.map { try KeptPlan.read($0, context) }
        let whole = try common.site(context)
        let site = try kept?.site(whole, context) ?? whole
        let operation = Operation("up", site, hosts, context, streams: true)
        let settings = try operation.settings(.apply, skipped: kept?.skipped ?? phases.skipPhases)
        let deployment = try Deployment(operation)
        let rendered = try deployment.hidden()
        return try await operation.alone(lock) {
            if let kept,
                let refusal = try await operation.refusal(of: kept, deployment, rendered, common.output)
            {
                return refusal
            }
            var report = try await operation.watched { onEvent in
                try await Run(
                    site.cluster, operation.surroundings, settings, folders: rendered.flatMap(\.folders),
                    demand: Demand(of: rendered.map(\.demand)), onEvent: onEvent
                ).perform()
            }
            if prune, report.isDone {
                report.append(try await operation.prune(.apply, common))
            }
            guard report.isDone else { return operation.finish(report, isPlan: false, common.output) }
            var summary = UpSummary(
                kubeconfig: try KubeconfigFile(context, site.cluster).keep(report.kubeconfig))
            do {
                summary.deployed = try await deployment.perform()
                summary.proof = try await operation.prove(deployment.applications, operation.proofNodes)
            } catch {
                // What was done to the hosts is a result all the same.
                summary.failure = Failure(error)
            }
            summary.failure?.say(on: context.console)
            let status = operation.finish(
                report, isPlan: false, common.output, more: summary.parts(deployment.applications))
            return summary.status ?? status
        }
    }
}
