import ArgumentParser
import Console
import Inventory
import Manifests
import Provisioning

/// The command `node add`.
struct NodeAddition: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Bring hosts into the cluster; touches them and one control plane.",
        discussion: """
            Workers join at once, control planes one after the other. A host with --address is written into the inventory, \
            whose other text stays as it is, when it was reached and nothing refuses. It ends with a proof of all nodes from \
            inside of the cluster, and fails when that does.

            Examples:
              mooc-cluster node add n4 n5
              mooc-cluster node add n4 n5 --plan
              mooc-cluster node add n6 --address 192.0.2.16 --label disk=ssd
            """)

    @Argument(help: "The hosts' names in the inventory.")
    var names: [String]

    @Option(help: "Where SSH reaches a host that the inventory does not have.")
    var address: String?

    @Option(help: "What it is to be: worker or control-plane.")
    var role: Role = .worker

    @Option(name: .customLong("label"), help: ArgumentHelp("A label of its node.", valueName: "key=value"))
    var labels: [NodeLabel] = []

    @OptionGroup var plan: PlanOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard address == nil || names.count == 1 else {
            throw ValidationError("--address goes with one name")
        }
        guard address != nil || role == .worker && labels.isEmpty else {
            throw ValidationError("--role and --label go with --address; else the inventory says them")
        }
    }

    func run(in context: Context) async throws -> ExitStatus {
        let addition = try written(context)
        let site = try common.site(context, holding: addition?.bytes).only(names)
        let operation = Operation("node-add", site, hosts, context, streams: true)
        let folders = try Deployment(operation).hidden().flatMap(\.folders)
        return try await operation.alone(lock, unless: plan) {
            let report = try await operation.watched { onEvent in
                try await NodeAdd(
                    names, to: site.cluster, operation.surroundings, mode: plan.mode, folders: folders,
                    onCleared: { if !plan.isOn { try addition?.keep(context) } }, onEvent: onEvent
                ).perform()
            }
            return await operation.finishProven(report, common.output, unless: plan)
        }
    }

    /// What is to be written into the inventory; nil where it has the hosts already.
    private func written(_ context: Context) throws -> InventoryAddition? {
        guard let address, let name = names.first else { return nil }
        let host = NewHost(
            name: name, address: address, role: role, labels: labels.map { ($0.key, $0.value) })
        let cluster = try common.site(context).cluster
        if let known = cluster.hosts.first(where: { $0.name == name }) {
            guard host.isSame(as: known) else {
                let place = known.mark.map { "\($0): " } ?? ""
                throw Complaint(.usage, "\(place)the inventory has another host '\(name)' already")
            }
            return nil
        }
        if let twin = cluster.hosts.first(where: { $0.address == address || $0.privateAddress == address }) {
            let place = twin.mark.map { "\($0): " } ?? ""
            throw Complaint(.usage, "\(place)the host '\(twin.name)' has the address \(address) already")
        }
        return try InventoryAddition(of: host, to: common.inventoryFile(context), context)
    }
}

extension Role: ExpressibleByArgument {}
