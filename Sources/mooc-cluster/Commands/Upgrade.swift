import ArgumentParser
import Console
import Inventory
import Manifests
import Provisioning
import YAML

/// The command `upgrade`.
struct Upgrade: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "upgrade",
        abstract: "Bring a cluster that stands to another Kubernetes version: the inventory's, or --to.",
        discussion: """
            First it looks at all hosts, at etcd and at what runs where, shows what it would do, and refuses what \
            cannot go well: a minor version left out, an older version, a node that is not Ready, a member of etcd \
            that does not answer, what the table of versions excludes.

            Then kubeadm and the images come onto all hosts while everything runs, a snapshot of etcd comes here, and \
            the control planes follow one after the other: kubeadm upgrade, drained, kubelet, back again. The workers \
            come last, each drained and brought back, as disruption budgets allow. It ends with the proof that ends \
            `up`. A node that fails stops it with what the node said; the others run on. Ended anywhere, the same \
            command goes on. A node that you had cordoned stays so.

            Examples:
              mooc-cluster upgrade --plan
              mooc-cluster upgrade
              mooc-cluster upgrade --to 1.36
              mooc-cluster upgrade --at-once 3 --drain-timeout 120 --yes
            """)

    @Option(help: ArgumentHelp("The version; it is written into the inventory.", valueName: "version"))
    var to: String?

    @Option(help: ArgumentHelp("How many workers are away at the same time.", valueName: "number"))
    var atOnce = 1

    @Option(
        help: ArgumentHelp(
            "Where the snapshot CLUSTER-etcd-TIME.db goes. (default: here)", valueName: "folder"),
        completion: .directory)
    var snapshotFolder: String?

    @OptionGroup var drain: DrainOptions
    @OptionGroup var plan: PlanOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard atOnce > 0 else { throw ValidationError("--at-once must be at least 1") }
        if common.limit != nil {
            throw ValidationError("an upgrade is for the whole cluster; it takes no --limit")
        }
    }

    func run(in context: Context) async throws -> ExitStatus {
        let addition = try to.map { try InventoryAddition(of: NewVersion($0), in: common, context) }
        let site = try common.site(context, holding: addition?.bytes)
        let operation = Operation("upgrade", site, hosts, context, streams: true)
        let applications = try Application.all(site)
        let place = try SnapshotPlace(snapshotFolder.map { $0 + "/" }, of: site.cluster, context)
        let settings = ClusterUpgrade.Settings(
            drainSeconds: drain.drainTimeout, atOnce: atOnce, parallel: hosts.parallel, mode: self.plan.mode)
        return try await operation.alone(lock, unless: self.plan) {
            let (report, plan) = try await operation.watched { onEvent in
                try await ClusterUpgrade(site.cluster, operation.surroundings, settings, onEvent: onEvent)
                    .perform { plan, departures, isRefused in
                        context.console.list(plan.lines(site.cluster) + departures.flatMap(\.lines), .note)
                        guard !isRefused, !self.plan.isOn else { return }
                        try await common.confirm(
                            "Upgrade \(site.cluster.name) to Kubernetes \(plan.to)?", context)
                        try addition?.keep(context)
                        // what comes after the first control plane was begun is no way back
                        guard plan.isFresh else { return }
                        guard let taken = try await place.take(operation, onEvent).taken else {
                            throw Complaint(.failed, "there is no snapshot of etcd, and no host was changed")
                        }
                        context.console.say("snapshot: \(taken.words(place.file))")
                    }
            }
            let path =
                self.plan.isOn ? nil : try KubeconfigFile(context, site.cluster).keep(report.kubeconfig)
            let parts: [(String, Node)] = [
                ("upgrade", plan?.json ?? .null), ("kubeconfig", path.map { .string($0) } ?? .null),
            ]
            let version = plan.map { "\(site.cluster.name) runs Kubernetes \($0.to)" } ?? ""
            if let plan, plan.isDone, !self.plan.isOn { try addition?.keep(context) }
            if report.isDone, report.changes == 0 {
                return operation.finish(
                    report, isPlan: self.plan.isOn, common.output,
                    more: (parts, "\(version) already, on every node\n"))
            }
            return await operation.finishProven(
                report, common.output, unless: self.plan, of: applications, more: (parts, version + "\n"))
        }
    }
}

extension UpgradePlan {
    /// What is to do, for a person: a line for each host.
    fileprivate func lines(_ cluster: Cluster) -> [String] {
        var lines = ["\(cluster.name): Kubernetes \(from) to \(to)"]
        if from == to { lines = ["\(cluster.name): the upgrade to Kubernetes \(to) goes on"] }
        for member in members {
            var line = "  \(member.host.name): \(member.host.role.rawValue), "
            if let api = member.apiServer, api != member.kubelet { line += "API server \(api), " }
            line += "kubelet \(member.kubelet.map { "\($0)" } ?? "of no known version")"
            if member.staysCordoned { line += ", takes no new pods, and stays so" }
            lines.append(line + (isDone(member) ? ", done already" : ""))
        }
        return lines
    }

    /// The same for scripts.
    fileprivate var json: Node {
        [
            "from": .string("\(from)"), "to": .string("\(to)"),
            "nodes": .sequence(
                members.map { member in
                    [
                        "name": .string(member.host.name),
                        "kubelet": member.kubelet.map { .string("\($0)") } ?? .null,
                        "apiServer": member.apiServer.map { .string("\($0)") } ?? .null,
                        "done": .bool(isDone(member)),
                    ]
                }),
        ]
    }
}
