import ArgumentParser
import Inventory
import Provisioning

/// The command `reset`.
struct ResetHosts: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "Take Kubernetes off the hosts again; packages, images and volumes' folders stay.",
        discussion: """
            What else `up` has set stays as well: swap is off, kernel modules and settings are there, the host keeps \
            its name, its address, its time service, and the container runtime with its mirrors and its proxy.

            Examples:
              mooc-cluster reset
              mooc-cluster reset --limit n4 --yes
            """)

    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let operation = Operation("reset", site, hosts, context, streams: true)
        let names = operation.hosts.map(\.name).joined(separator: ", ")
        try await common.confirm("Take Kubernetes, and all that runs on it, off \(names)?", context)
        let parallel = hosts.parallel
        return try await operation.alone(lock) {
            let report = try await operation.watched { onEvent in
                try await Reset(
                    site.cluster, operation.surroundings, hosts: site.hosts, parallel: parallel,
                    onEvent: onEvent
                ).perform()
            }
            return operation.finish(report, isPlan: false, common.output)
        }
    }
}
