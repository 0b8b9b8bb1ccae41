import Manifests
import YAML

/// A pod on a node, as far as it matters for where else it could be.
struct PlacedPod {
    /// Its namespace.
    let namespace: String
    /// Its name.
    let name: String
    /// The node that it is on; nil where none was found for it.
    let node: String?
    /// The kind of what keeps it, such as `ReplicaSet`; nil where nothing would start it anew.
    let owner: String?
    /// Whether its containers have ended.
    let isOver: Bool
    /// Its labels.
    let labels: [String: String]
    /// What it asks of a node.
    let asks: Amount
    /// The claims that it mounts.
    let claims: [String]
    /// Its `spec`.
    let spec: Node

    /// `namespace/name`.
    var title: String { "\(namespace)/\(name)" }

    /// Whether it belongs to its node and ends with it: of a daemon set, or the kubelet's own.
    var staysWithNode: Bool { owner == "DaemonSet" || owner == "Node" }

    /// Reads a pod.
    init(_ pod: Node) {
        let metadata = pod["metadata"]
        namespace = metadata?["namespace"]?.text ?? ""
        name = metadata?["name"]?.text ?? ""
        labels = metadata?["labels"]?.texts ?? [:]
        let owners = metadata?["ownerReferences"]?.items ?? []
        owner = (owners.first { $0["controller"]?.text == "true" } ?? owners.first)?["kind"]?.text
        isOver = ["Succeeded", "Failed"].contains(pod["status"]?["phase"]?.text)
        let spec = pod["spec"] ?? [:]
        self.spec = spec
        node = spec["nodeName"]?.text
        claims = (spec["volumes"]?.items ?? []).compactMap {
            $0["persistentVolumeClaim"]?["claimName"]?.text
        }
        var asks = Amount(processors: 0, memory: 0)
        for container in spec["containers"]?.items ?? [] {
            let own = Amount(requested: container)
            asks.processors += own.processors
            asks.memory += own.memory
        }
        // Those run one after the other before the others.
        for container in spec["initContainers"]?.items ?? [] {
            let own = Amount(requested: container)
            asks.processors = max(asks.processors, own.processors)
            asks.memory = max(asks.memory, own.memory)
        }
        self.asks = asks
    }

    /// Whether it bears a taint of a node.
    func tolerates(_ taint: Node) -> Bool {
        (spec["tolerations"]?.items ?? []).contains { toleration in
            let effect = toleration["effect"]?.text ?? ""
            guard effect.isEmpty || effect == taint["effect"]?.text else { return false }
            let key = toleration["key"]?.text ?? ""
            if toleration["operator"]?.text == "Exists" { return key.isEmpty || key == taint["key"]?.text }
            return key == taint["key"]?.text
                && (toleration["value"]?.text ?? "") == (taint["value"]?.text ?? "")
        }
    }
}

extension Amount {
    /// What a container asks for.
    init(requested container: Node) { self.init(container["resources"]?["requests"]) }

    /// What a list of resources names; what it does not name is nothing.
    init(_ resources: Node?) {
        self.init(
            processors: resources?["cpu"]?.text.flatMap(Quantity.thousandths) ?? 0,
            memory: resources?["memory"]?.text.flatMap(Quantity.mebibytes) ?? 0)
    }
}
