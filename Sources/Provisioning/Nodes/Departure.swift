import Manifests
import YAML

/// What it means that a node goes: what runs there, where it can go, and what stands in the way.
package struct Departure: Sendable {
    /// A pod that has to go somewhere else.
    package struct Move: Sendable {
        /// `namespace/name`.
        package let pod: String
        /// The node where there is a place for it; nil where none has one.
        package let target: String?
        /// Why no node has a place, in words; empty where one has.
        package let why: String
        /// Whether what keeps it is a volume that is on the node that goes.
        let isBound: Bool
    }

    /// A disruption budget over pods of the node.
    struct Budget: Sendable {
        /// `namespace/name`.
        let title: String
        /// The pods on the node.
        let pods: [String]
        /// Its numbers: pods that are well, that must be, and that there are to be.
        let healthy: Int, wanted: Int, expected: Int
        /// How many pods may go now.
        let allowed: Int

        /// What one says that lets no pod go.
        var words: String {
            "the disruption budget \(title) lets no pod go (\(healthy) of \(expected) are well, it wants \(wanted))"
        }
    }

    /// The node's name.
    package let node: String
    /// Pods that have to go somewhere else.
    package let moves: [Move]
    /// Pods that end with the node, `namespace/name`: of daemon sets, and the kubelet's own.
    package let ending: [String]
    /// Pods that nothing would start anew.
    let unowned: [String]
    /// Budgets over pods that have to go.
    let budgets: [Budget]
    /// Volumes with data that only this node can mount.
    package let volumes: [(name: String, claim: String)]
    /// What is put back on the host; nil where that was not asked for.
    package internal(set) var restoration: Restoration?

    /// Works it out; pods and volumes of a proof do not count, since they are taken away with it.
    ///
    /// - Parameters:
    ///   - name: the node's name.
    ///   - objects: what is in the cluster.
    ///   - others: nodes that go too, and so have no place for anything.
    init(of name: String, in objects: ClusterObjects, with others: [String] = []) {
        node = name
        let pods = objects["Pod"].map(PlacedPod.init)
        let own = pods.filter { $0.node == name && !$0.isOver && $0.namespace != Proof.namespace }
        let going = own.filter { !$0.staysWithNode && $0.owner != nil }
        ending = own.filter(\.staysWithNode).map(\.title).sorted()
        unowned = own.filter { $0.owner == nil }.map(\.title).sorted()
        let held = BoundVolumes.volumes(in: objects["PersistentVolume"], on: name).filter {
            !$0.claim.hasPrefix("\(Proof.namespace)/")
        }
        volumes = held
        let spaces = objects["Node"].map { NodeSpace($0, pods: pods) }
        moves = Self.moves(
            of: going, to: spaces.filter { $0.name != name && !others.contains($0.name) }, objects,
            held: Set(held.map(\.name)))
        budgets = objects["PodDisruptionBudget"].compactMap { Self.budget($0, over: going) }
    }

    /// Finds places, for the largest first, where most is left.
    private static func moves(
        of pods: [PlacedPod], to others: [NodeSpace], _ objects: ClusterObjects, held: Set<String>
    ) -> [Move] {
        var others = others
        let order = pods.sorted { ($0.asks.memory, $1.title) > ($1.asks.memory, $0.title) }
        let moves = order.map { pod -> Move in
            let volumes = self.volumes(of: pod, objects)
            let refusals = others.map { $0.refusal(of: pod, volumes: volumes) }
            let free = others.indices.filter { refusals[$0] == nil }
            guard let best = free.max(by: { others[$0].left.memory < others[$1].left.memory }) else {
                let isBound = volumes.contains { held.contains($0["metadata"]?["name"]?.text ?? "") }
                return Move(
                    pod: pod.title, target: nil, why: words(refusals, others, of: pod), isBound: isBound)
            }
            others[best].take(pod)
            return Move(pod: pod.title, target: others[best].name, why: "", isBound: false)
        }
        return moves.sorted { $0.pod < $1.pod }
    }

    private static func volumes(of pod: PlacedPod, _ objects: ClusterObjects) -> [Node] {
        let names = objects["PersistentVolumeClaim"].filter { claim in
            claim["metadata"]?["namespace"]?.text == pod.namespace
                && pod.claims.contains(claim["metadata"]?["name"]?.text ?? "")
        }.compactMap { $0["spec"]?["volumeName"]?.text }
        return objects["PersistentVolume"].filter { names.contains($0["metadata"]?["name"]?.text ?? "") }
    }

    /// The reasons of all nodes, nodes of one reason together.
    private static func words(_ refusals: [String?], _ others: [NodeSpace], of pod: PlacedPod) -> String {
        guard !others.isEmpty else { return "there is no other node" }
        var groups: [(reason: String, names: [String])] = []
        for (node, refusal) in zip(others, refusals) {
            let full = refusal == "is full" ? " (it asks for \(pod.asks.asNeeded))" : ""
            let reason = (refusal ?? "") + full
            if let index = groups.firstIndex(where: { $0.reason == reason }) {
                groups[index].names.append(node.name)
            } else {
                groups.append((reason, [node.name]))
            }
        }
        return groups.map { group in
            let more = group.names.count > 3 ? " and \(group.names.count - 3) more" : ""
            return "\(group.names.prefix(3).joined(separator: ", "))\(more): \(group.reason)"
        }.joined(separator: "; ")
    }

    private static func budget(_ budget: Node, over pods: [PlacedPod]) -> Budget? {
        let namespace = budget["metadata"]?["namespace"]?.text ?? ""
        let own = pods.filter {
            $0.namespace == namespace && Selectors.takes(budget["spec"]?["selector"], $0.labels)
        }
        guard !own.isEmpty else { return nil }
        func number(_ key: String) -> Int { budget["status"]?[key]?.text.flatMap { Int($0) } ?? 0 }
        return Budget(
            title: "\(namespace)/\(budget["metadata"]?["name"]?.text ?? "")",
            pods: own.map(\.title).sorted(), healthy: number("currentHealthy"),
            wanted: number("desiredHealthy"), expected: number("expectedPods"),
            allowed: number("disruptionsAllowed"))
    }
}
