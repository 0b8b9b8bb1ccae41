import Manifests
import YAML

/// A node that pods may go to, and what is left on it.
struct NodeSpace {
    /// The node's name.
    let name: String
    private let isReady: Bool
    private let isClosed: Bool
    private let labels: [String: String]
    private let taints: [Node]
    /// Processors and memory that nobody has asked for.
    private(set) var left: Amount
    private var seats: Int

    /// Reads a node, with the pods that are on it.
    init(_ node: Node, pods: [PlacedPod]) {
        name = node["metadata"]?["name"]?.text ?? ""
        labels = node["metadata"]?["labels"]?.texts ?? [:]
        isReady = node.isReady
        isClosed = node["spec"]?["unschedulable"]?.text == "true"
        taints = (node["spec"]?["taints"]?.items ?? []).filter {
            ["NoSchedule", "NoExecute"].contains($0["effect"]?.text)
        }
        let resources = node["status"]?["allocatable"]
        left = Amount(resources)
        seats = resources?["pods"]?.text.flatMap { Int($0) } ?? 110
        for pod in pods where pod.node == name && !pod.isOver { take(pod) }
    }

    /// Why a pod cannot go there, in a few words; nil where it can.
    ///
    /// Affinity of pods to each other is not looked at.
    ///
    /// - Parameters:
    ///   - pod: the pod.
    ///   - volumes: the volumes of its claims.
    /// - Returns: the reason.
    func refusal(of pod: PlacedPod, volumes: [Node]) -> String? {
        if !isReady { return "not ready" }
        if isClosed { return "takes no new pods" }
        if let taint = taints.first(where: { !pod.tolerates($0) }) {
            return "has the taint \(taint["key"]?.text ?? "")"
        }
        let selector = pod.spec["nodeSelector"]?.texts ?? [:]
        let always = "requiredDuringSchedulingIgnoredDuringExecution"
        let affinity = pod.spec["affinity"]?["nodeAffinity"]?[always]
        if !selector.allSatisfy({ labels[$0.key] == $0.value })
            || affinity.map({ !Selectors.takes(terms: $0, labels: labels, name: name) }) == true
        {
            return "is not one of the nodes that it asks for"
        }
        let isElsewhere = volumes.contains { volume in
            volume["spec"]?["nodeAffinity"]?["required"].map {
                !Selectors.takes(terms: $0, labels: labels, name: name)
            } ?? false
        }
        if isElsewhere { return "cannot mount its volume" }
        if !pod.asks.fits(into: left) || seats < 1 { return "is full" }
        return nil
    }

    /// Counts a pod in.
    mutating func take(_ pod: PlacedPod) {
        left -= pod.asks
        seats -= 1
    }
}
