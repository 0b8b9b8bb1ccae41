import Inventory

/// What each host is to be, guessed from the usual names of groups.
struct Roles {
    private static let planes: Set = [
        "kube_control_plane", "kube_master", "kube_masters", "control_plane", "control_planes",
        "controlplane",
        "controlplanes", "master", "masters", "k8s_master", "k8s_masters", "k8s_control_plane", "controller",
        "controllers", "kubernetes_master", "rke_master",
    ]
    /// What K3s calls control planes; anything may be called a server, so this counts beside its name for workers.
    private static let servers: Set = ["server", "servers"], agents: Set = ["agent", "agents"]
    private static let workers: Set = [
        "kube_node", "kube_nodes", "kube_worker", "kube_workers", "node", "nodes", "worker", "workers",
        "k8s_node",
        "k8s_nodes", "k8s_worker", "k8s_workers", "kubernetes_node", "agent", "agents", "minion", "minions",
        "compute",
        "worker_nodes",
    ]

    /// The role by the host's name; those that are not to be in the cluster are not here.
    private(set) var roles: [String: Role] = [:]
    /// What was guessed, in sentences.
    var guesses: [String] = []

    /// Guesses.
    init(_ hosts: [AnsibleInventory.Host]) {
        var (planeGroups, workerGroups): ([String], [String]) = ([], [])
        func note(_ found: [String], in groups: inout [String]) {
            for group in found where !groups.contains(group) { groups.append(group) }
        }
        let hasAgents = hosts.contains { $0.groups.contains { Self.agents.contains(Self.plain($0)) } }
        let planeNames = hasAgents ? Self.planes.union(Self.servers) : Self.planes
        for host in hosts {
            let planes = host.groups.filter { planeNames.contains(Self.plain($0)) }
            let workers = host.groups.filter { Self.workers.contains(Self.plain($0)) }
            // A host that is both runs the control plane.
            if !planes.isEmpty {
                roles[host.name] = .controlPlane
                note(planes, in: &planeGroups)
            } else if !workers.isEmpty {
                roles[host.name] = .worker
                note(workers, in: &workerGroups)
            }
        }
        let others = hosts.map(\.name).filter { roles[$0] == nil }
        if !planeGroups.isEmpty {
            guesses.append("control planes are the hosts of \(Self.list(planeGroups))")
        }
        if !workerGroups.isEmpty { guesses.append("workers are the hosts of \(Self.list(workerGroups))") }
        switch (planeGroups.isEmpty, workerGroups.isEmpty) {
        case (false, false):
            if !others.isEmpty {
                guesses.append("left out, as no group of theirs says what they are: \(Self.list(others))")
            }
        case (false, true):
            for name in others { roles[name] = .worker }
            if !others.isEmpty { guesses.append("all other hosts are workers") }
        case (true, _):
            for name in others { roles[name] = .worker }
            guard let first = others.first ?? hosts.first?.name else { return }
            roles[first] = .controlPlane
            guesses.append(
                "no group names the control planes: '\(first)' is taken for one, and all others are workers")
        }
    }

    private static func plain(_ group: String) -> String { group.lowercased().replacing("-", with: "_") }

    private static func list(_ names: [String]) -> String { names.map { "'\($0)'" }.joined(separator: ", ") }
}
