package import Inventory
import YAML

/// What a control plane's leaving asks of the others: one of them speaks for the cluster, the way to the API leads past
/// the one that goes, and etcd decides without it.
struct ControlPlaneLeave {
    /// The inventory.
    let cluster: Cluster
    /// The control plane that goes.
    let host: Host

    /// The others.
    var others: [Host] { cluster.hosts(of: .controlPlane).filter { $0.name != host.name } }

    /// The cluster as the others see it: the host is one of its workers, and the last.
    var rest: Cluster {
        var copy = cluster.leaving(host.name)
        var host = host
        host.role = .worker
        copy.hosts[copy.hosts.count - 1] = host
        return copy
    }

    /// Why it cannot go, as far as the inventory tells; nil when it can.
    var objection: Finding? {
        guard !others.isEmpty else {
            return Finding(
                .error, host: host.name, "it is the only control plane",
                cure: "`mooc-cluster reset` takes the whole cluster off")
        }
        guard !isEndpoint else {
            return Finding(
                .error, host: host.name,
                "all nodes reach the API by its address, and it cannot be another one",
                cure:
                    "a cluster whose control planes can all go has kubernetes.controlPlaneEndpoint from its first day"
            )
        }
        return nil
    }

    /// Whether the endpoint of the cluster is this host's own address.
    private var isEndpoint: Bool {
        switch cluster.kubernetes.controlPlaneEndpoint {
        case .address(let address):
            [host.name, host.address, host.nodeAddress].contains(String(address.prefix { $0 != ":" }))
        case .nodeProxy, .kubeVIP: false
        case nil: cluster.firstControlPlane?.name == host.name
        }
    }

    /// Why etcd cannot do without it; none when it can, or has forgotten it already.
    ///
    /// - Returns: what came of asking, with the finding.
    /// - Throws: `InvalidInput` when a playbook is wrong, or what reading a file throws.
    func askEtcd(
        _ surroundings: Surroundings, onEvent: @escaping @Sendable (RunEvent) -> Void
    ) async throws -> RunReport {
        var rest = cluster
        rest.hosts.removeAll { $0.name == host.name }
        return try await EtcdCrew(rest, surroundings, onEvent: onEvent)
            .consent(to: .remove(host.name), cure: "bring the other members back first")
    }
}

extension Cluster {
    /// The same cluster as those see it that stay when a host goes: it is the last of the hosts, so that the first
    /// control plane is another one, where there is another.
    package func leaving(_ name: String) -> Cluster {
        var copy = self
        copy.hosts = hosts.filter { $0.name != name } + hosts.filter { $0.name == name }
        return copy
    }
}
