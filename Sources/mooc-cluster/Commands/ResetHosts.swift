import ArgumentParser
import Console
import Inventory
import Provisioning

/// The command `reset`.
struct ResetHosts: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "Take Kubernetes off the hosts, and put back what there was before; volumes' folders stay.",
        discussion: """
            Everything that a run changes on a host is noted there first, in a ledger: files, packages, units, kernel \
            modules and settings, swap. What is to be put back is shown before the question. What somebody else has \
            changed meanwhile stays, and so does an address that a host was given: it stays reachable. With \
            --no-restore only Kubernetes goes, and the next `up` is quicker; the ledger is kept for later. \
            Interrupted at any point, the same command finishes the work.

            Examples:
              mooc-cluster reset --plan
              mooc-cluster reset
              mooc-cluster reset --limit n4 --yes
              mooc-cluster reset --no-restore
            """)

    @Flag(inversion: .prefixedNo, help: "Put back what was on the machine before.")
    var restore = true

    @OptionGroup var plan: PlanOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let operation = Operation("reset", site, hosts, context, streams: true)
        let names = operation.hosts.map(\.name).joined(separator: ", ")
        let (parallel, restores) = (hosts.parallel, restore)
        return try await operation.alone(lock, unless: plan) {
            let report = try await operation.watched { onEvent in
                try await Reset(
                    site.cluster, operation.surroundings, hosts: site.hosts, restores: restores,
                    mode: plan.mode, parallel: parallel, onEvent: onEvent
                ).perform { restorations in
                    context.console.list(restorations.flatMap(\.lines), .note)
                    guard !plan.isOn else { return }
                    try await common.confirm(
                        "Take Kubernetes, and all that runs on it, off \(names)?", context)
                }
            }
            return operation.finish(report, isPlan: plan.isOn, common.output)
        }
    }
}
