package import Inventory
import Manifests
import YAML

/// What an upgrade has to do: worked out of what the control planes and the nodes say, so that one that was cut off anywhere
/// goes on.
package struct UpgradePlan: Sendable {
    /// A host that is in the cluster.
    package struct Member: Sendable {
        /// The host.
        package let host: Host
        /// The version of its kubelet; nil when the cluster does not say.
        package let kubelet: KubernetesVersion?
        /// The version of its API server; nil on a worker.
        package let apiServer: KubernetesVersion?
        /// Whether its node is Ready.
        package let isReady: Bool
        /// Whether its node takes no new pods.
        package let isCordoned: Bool
        /// Whether that is so because an upgrade that was cut off has it.
        package let isHeld: Bool

        /// Whether somebody else keeps pods off it, who is to let them back.
        package var staysCordoned: Bool { isCordoned && !isHeld }
    }

    /// The annotation of a node that an upgrade has taken out of service.
    package static let annotation = "mooc-cluster/upgrade"

    /// The version that the cluster's own record names: the new one once the first control plane has it.
    package let from: KubernetesVersion
    /// The version that is wanted.
    package let to: KubernetesVersion
    /// The hosts that are in the cluster: control planes first, each in the inventory's order.
    package let members: [Member]
    /// The hosts that the cluster does not know.
    let absent: [String]
    /// Nodes that the inventory does not name, with their kubelets.
    let strays: [(name: String, kubelet: KubernetesVersion?)]

    /// Works it out.
    init(
        _ cluster: Cluster, from: KubernetesVersion, to: KubernetesVersion, _ facts: [String: HostFacts],
        _ objects: ClusterObjects
    ) {
        self.from = from
        self.to = to
        let hosts = cluster.hosts(of: .controlPlane) + cluster.hosts(of: .worker)
        members = hosts.compactMap { host in
            objects.node(host.name).map { Self.member(host, $0, facts[host.name]) }
        }
        absent = hosts.map(\.name).filter { objects.node($0) == nil }
        let names = Set(hosts.map(\.name))
        strays = objects["Node"].compactMap { node in
            guard let name = node["metadata"]?["name"]?.text, !names.contains(name) else { return nil }
            return (name, Self.kubelet(of: node))
        }
    }

    /// The hosts on which something is to do, in the order in which it is done.
    package var pending: [Member] { members.filter { !isDone($0) } }

    /// Whether there is nothing to do.
    package var isDone: Bool { from == to && pending.isEmpty }

    /// Whether the control plane has not begun, so that a snapshot is one of before.
    package var isFresh: Bool { from < to }

    /// Whether a host has nothing left to do.
    package func isDone(_ member: Member) -> Bool {
        member.kubelet == to && !member.isHeld && (member.host.role == .worker || member.apiServer == to)
    }

    private static func member(_ host: Host, _ node: Node, _ facts: HostFacts?) -> Member {
        Member(
            host: host, kubelet: kubelet(of: node),
            apiServer: host.role == .controlPlane ? facts?.apiServer : nil,
            isReady: node.isReady, isCordoned: node["spec"]?["unschedulable"]?.text == "true",
            isHeld: node["metadata"]?["annotations"]?[annotation] != nil)
    }

    private static func kubelet(of node: Node) -> KubernetesVersion? {
        node["status"]?["nodeInfo"]?["kubeletVersion"]?.text.flatMap { KubernetesVersion($0) }
    }
}
