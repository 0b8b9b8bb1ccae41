import ArgumentParser
import Provisioning

/// The command `node drain`.
struct NodeDraining: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "drain",
        abstract: "Let the pods of nodes go elsewhere, one node after the other; the nodes stay.",
        discussion: """
            Disruption budgets are respected; what does not let go is named. Ended before its time, it says how each node \
            stands. `node uncordon` lets pods back.

            Examples:
              mooc-cluster node drain n4
              mooc-cluster node drain n4 n5 --drain-timeout 120 --yes
            """)

    @Argument(help: "The hosts' names in the inventory.")
    var names: [String]

    @OptionGroup var drain: DrainOptions
    @OptionGroup var plan: PlanOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        try await Operation.changeNodes(
            .drain(seconds: drain.drainTimeout), names, "node-drain", plan, lock, hosts, common, context)
    }
}

/// The command `node cordon`.
struct NodeCordon: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "cordon", abstract: "Let nodes take no new pods; those that are there stay.",
        discussion: """
            Examples:
              mooc-cluster node cordon n4 n5
            """)

    @Argument(help: "The hosts' names in the inventory.")
    var names: [String]

    @OptionGroup var plan: PlanOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        try await Operation.changeNodes(.cordon, names, "node-cordon", plan, lock, hosts, common, context)
    }
}

/// The command `node uncordon`.
struct NodeUncordon: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "uncordon", abstract: "Let nodes take pods again.",
        discussion: """
            Examples:
              mooc-cluster node uncordon n4 n5
            """)

    @Argument(help: "The hosts' names in the inventory.")
    var names: [String]

    @OptionGroup var plan: PlanOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        try await Operation.changeNodes(.uncordon, names, "node-uncordon", plan, lock, hosts, common, context)
    }
}
