package import Inventory

/// One stage of bringing hosts into a cluster: a playbook, where it runs and what it waits for.
///
/// Order, plan, `--skip-phases`, help and documentation derive from the one list of them, ``Phases``.
package struct Phase: Sendable {
    /// On which hosts a phase runs.
    package enum Hosts: Sendable, Hashable {
        case all
        /// The control plane where the cluster starts.
        case firstControlPlane
        /// The control planes that join.
        case furtherControlPlanes
        case controlPlanes
        case workers
    }

    /// What a phase waits for.
    package enum Need: Sendable, Hashable {
        /// Another phase on the same host.
        case sameHost(String)
        /// Another phase on the first control plane.
        case firstControlPlane(String)
        /// Another phase on every host where it runs.
        case everywhere(String)

        /// The phase that is waited for.
        package var phase: String {
            switch self {
            case .sameHost(let id), .firstControlPlane(let id), .everywhere(let id): id
            }
        }
    }

    /// Its identifier: what `--skip-phases` takes.
    package let id: String
    /// A few words for progress lines.
    package let title: String
    /// A sentence for help.
    package let help: String
    /// Where it runs.
    package let hosts: Hosts
    /// What must have succeeded before.
    package let needs: [Need]
    /// Whether its hosts take their turns one after the other.
    package var isSerial = false
    /// Whether it comes before the static address is given.
    package var usesOldAddress = false
    /// Whether it is for all nodes of the cluster when a control plane joins, also for those that take no part.
    package var followsControlPlanes = false
    /// Name of its playbook, where it is not the identifier.
    package var playbookName: String?
    /// Its playbook's path as a person named it, where it is none of the assets.
    package var file: String?
    /// Whether it has anything to do for a host.
    package var applies: @Sendable (Situation, Host) -> Bool = { _, _ in true }

    /// Its playbook, relative to the folder of assets.
    package var playbook: String { file ?? "playbooks/\(playbookName ?? id).yml" }

    /// The identifiers of those whose hosts take turns.
    static func turns(of phases: [Phase]) -> Set<String> { Set(phases.filter(\.isSerial).map(\.id)) }

    /// The hosts of a cluster on which it runs, in the inventory's order.
    package func hosts(of cluster: Cluster) -> [Host] {
        let first = cluster.firstControlPlane?.name
        return cluster.hosts.filter { host in
            switch hosts {
            case .all: true
            case .firstControlPlane: host.name == first
            case .furtherControlPlanes: host.role == .controlPlane && host.name != first
            case .controlPlanes: host.role == .controlPlane
            case .workers: host.role == .worker
            }
        }
    }

    /// A host with the address by which it is reached in this phase: the static one once it has been given.
    func present(_ host: Host) -> Host {
        guard let address = host.staticAddress?.address, !usesOldAddress else { return host }
        var host = host
        host.address = CIDR.dotted(address.address)
        return host
    }
}
