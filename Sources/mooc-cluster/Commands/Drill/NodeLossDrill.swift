import ArgumentParser
import Provisioning

/// The command `drill node-loss`.
struct NodeLossDrill: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "node-loss",
        abstract: "Cut a node off, measure until its pods serve elsewhere, and put it back.",
        discussion: """
            Firewall rules of its own part the node from its network, but for SSH. They go at the end of the drill and \
            at Ctrl-C, and by a timer on the node a minute after --within, also when the tool is gone. Kubernetes gives \
            a node 40 seconds until it counts as lost, and its pods five minutes more unless they say otherwise \
            (tolerationSeconds). Services are asked five times a second from a control plane meanwhile.

            It is refused for the control plane that commands go by, where etcd would lose its quorum, and where \
            nothing that runs on the node has a place elsewhere. What is bound to the node by a volume is away until it \
            is back.

            Examples:
              mooc-cluster drill node-loss n3
              mooc-cluster drill node-loss --within 15m --yes --output json
            """)

    @Argument(help: "The host's name in the inventory. (default: the worker with most pods that serve)")
    var name: String?

    @Option(
        help: ArgumentHelp("When it is put back at the latest: 90s, 10m.", valueName: "duration"))
    var within = TimeSpan(seconds: 600)

    @OptionGroup var plan: PlanOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let operation = Operation("drill-node-loss", try common.site(context), hosts, context)
        return try await operation.loseNode(name, from: [], seconds: within.seconds, plan, lock, common)
    }
}

/// The command `drill partition`.
struct PartitionDrill: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "partition",
        abstract: "Part a node from others for a time, and see which requests fail.",
        discussion: """
            As `drill node-loss`, but only what goes between the node and those others is dropped, and always for the \
            whole time.

            Examples:
              mooc-cluster drill partition n3 --from n2
              mooc-cluster drill partition n3 --from n1 --from n2 --for 90s --yes
            """)

    @Argument(help: "The host's name in the inventory.")
    var name: String

    @Option(help: ArgumentHelp("A host that it is parted from; once for each.", valueName: "host"))
    var from: [String]

    @Option(
        name: .customLong("for"), help: ArgumentHelp("For how long: 90s, 10m.", valueName: "duration"))
    var time = TimeSpan(seconds: 60)

    @OptionGroup var plan: PlanOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if from.contains(name) { throw ValidationError("--from: a host cannot be parted from itself") }
    }

    func run(in context: Context) async throws -> ExitStatus {
        let operation = Operation("drill-partition", try common.site(context), hosts, context)
        return try await operation.loseNode(name, from: from, seconds: time.seconds, plan, lock, common)
    }
}
