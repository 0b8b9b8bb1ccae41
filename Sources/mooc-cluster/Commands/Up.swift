import ArgumentParser
import Manifests
import Playbook
import Provisioning

/// The command `up`.
struct Up: ClusterCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring servers up to a proven cluster with Open edX; a second run changes nothing.",
        discussion: """
            Run it again after any interruption: it goes on from what is there. The record of each run stands below \
            ~/.local/state/mooc-cluster.
            """)

    @OptionGroup var phases: PhaseOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let operation = try Operation("up", site, hosts, context)
        let settings = try operation.settings(.apply, skipped: phases.skipPhases)
        let deployment = try Deployment(operation)
        let folders = try deployment?.folders() ?? []
        let report = try await operation.watched { onEvent in
            try await Run(
                site.cluster, operation.surroundings, settings, folders: folders, onEvent: onEvent
            ).perform()
        }
        guard report.isDone else { return operation.finish(report, isPlan: false, common.output) }
        let kubeconfig = try KubeconfigFile(context, site.cluster).keep(report.kubeconfig)
        let deployed = try await deployment?.perform()
        let proof = try await operation.prove(deployment?.application)
        let status = operation.finish(
            report, isPlan: false, common.output,
            more: UpSummary(kubeconfig: kubeconfig, deployed: deployed, proof: proof).parts(site.cluster))
        return proof.isProven ? status : .failed
    }
}
