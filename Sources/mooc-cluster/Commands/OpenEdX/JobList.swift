import ArgumentParser
import Console
import Manifests
import Provisioning
import YAML

/// The command `openedx jobs list`.
struct JobList: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the jobs, each with whether what it is to do is done.",
        discussion: """
            A job counts as done when the cluster has run one that does the same, to the letter. The exit code is 1 \
            when one has failed.

            Examples:
              mooc-cluster openedx jobs list
            """)

    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let application = try Application.platform(site)
        let operation = Operation("openedx-jobs-list", site, hosts, context)
        let jobs = try await operation.upkeep(application).jobs()
        let list = Node.sequence(jobs.map(\.json))
        let text = jobs.table(context.console.paint) + jobs.compactMap(\.wayOn).joined()
        operation.answer(list, kept: ["jobs": list], text: text, common.output)
        return jobs.contains(where: \.hasFailed) ? .failed : .done
    }
}
