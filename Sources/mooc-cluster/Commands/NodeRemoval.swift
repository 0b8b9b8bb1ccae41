import ArgumentParser
import Console
import Inventory
import Provisioning

/// The command `node remove`.
struct NodeRemoval: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Drain a node, take it out of the cluster and clean it; or bury one that is dead.",
        discussion:
            """
            First it shows what runs there and where that can go. It refuses, before anything is touched, while a \
            volume with data is on that node alone, a pod would have no place, a disruption budget lets no pod go, or \
            a pod has no controller. Interrupted at any point, the same command finishes the work. It ends with a proof of the nodes \
            that are left. The inventory is left as it is: as long as it has the host, `up` brings it back.

            With --dead, nothing is done on the host, which must neither answer over SSH nor be Ready: it is fenced off \
            by the taint node.kubernetes.io/out-of-service, its pods and volumes are released, and the cluster forgets it.

            A control plane goes when there are others, the endpoint is not its own address, and etcd keeps its quorum \
            before and after; etcd forgets its member first. Then take it out of the inventory: commands ask the first \
            control plane there.

            Examples:
              mooc-cluster node remove n4
              mooc-cluster node remove n4 --restore --plan
              mooc-cluster node remove n4 --dead --delete-data --yes
            """)

    @Argument(help: "The host's name in the inventory.")
    var name: String

    @Flag(help: "It is switched off, or cut off for good.")
    var dead = false

    @Flag(
        help: "Remove it although volumes are on it alone: the cluster loses them; their folders stay there.")
    var deleteData = false

    @Flag(help: "Remove it although pods would have no place; they wait until there is one.")
    var leavePending = false

    @Flag(help: "Put back what was on the machine before, as `reset` does.")
    var restore = false

    @OptionGroup var drain: DrainOptions
    @OptionGroup var plan: PlanOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if dead && restore { throw ValidationError("nothing is done on a host that is --dead") }
    }

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context).only([name])
        let operation = Operation("node-remove", site.leaving(name), hosts, context, streams: true)
        let settings = NodeRemove.Settings(
            drainSeconds: drain.drainTimeout,
            consent: Departure.Consent(deletesData: deleteData, leavesPending: leavePending), asDead: dead,
            restores: restore, mode: plan.mode)
        // where other operators look for the lock, unless nobody can look there any more
        let isLockPlace = !dead && name == site.cluster.firstControlPlane?.name
        return try await operation.alone(lock, unless: plan, of: isLockPlace ? site.cluster : nil) {
            let cluster = site.cluster.led(by: try await operation.controlPlane().name)
            let report = try await operation.watched { onEvent in
                let removal = try NodeRemove(
                    name, from: cluster, operation.surroundings, settings, onEvent: onEvent)
                return try await removal.perform { departure, isRefused in
                    context.console.list(departure.lines, .note)
                    guard !isRefused, !plan.isOn else { return }
                    try await common.confirm("Remove the node \(name) from its cluster?", context)
                }
            }
            return await operation.finishProven(report, common.output, unless: plan)
        }
    }
}
