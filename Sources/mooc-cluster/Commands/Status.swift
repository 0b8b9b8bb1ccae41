import ArgumentParser
import Console
import Provisioning
import YAML

/// The command `status`.
struct Status: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show nodes, certificates, workloads, and pods that are not well.",
        discussion: """
            Of each node it says the room on its disks, and role, address, version, labels and taints that are not as \
            in the inventory; `plan` compares everything. A node that is short of disk or memory, a pod that is not ready, or a certificate that has ended makes the \
            exit code 1.

            With --watch it looks again every two seconds until Ctrl-C: a terminal shows the last look, a pipe gets \
            each one that differs from the one before, a script a line of JSON for each of those.

            Examples:
              mooc-cluster status
              mooc-cluster status --watch
              mooc-cluster status --output json
            """)

    @Flag(help: "Look again and again, until Ctrl-C.")
    var watch = false

    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let operation = Operation("status", site, hosts, context)
        if watch { try await StatusWatch(operation: operation, format: common.output).run() }
        let status = try await ClusterStatus.read(operation)
        operation.answer(status.json, text: status.text(context.console.paint), common.output)
        return status.isWell ? .done : .failed
    }
}
