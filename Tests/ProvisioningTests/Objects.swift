import YAML

@testable import Provisioning

/// Objects of a cluster, as kubectl gives them.
enum Objects {
    /// A node with two processors and 2 GiB.
    static func node(
        _ name: String, isReady: Bool = true, labels: Node = [:], spec: Node = [:], address: String? = nil
    ) -> Node {
        var labels = labels
        labels["kubernetes.io/hostname"] = .string(name)
        return [
            "kind": "Node", "metadata": ["name": .string(name), "labels": labels], "spec": spec,
            "status": [
                "conditions": [["type": "Ready", "status": .string(isReady ? "True" : "Unknown")]],
                "allocatable": ["cpu": "2", "memory": "2Gi", "pods": "110"],
                "addresses": address.map { [["type": "InternalIP", "address": .string($0)]] } ?? [],
            ],
        ]
    }

    /// A pod of a replica set, labelled with its name's first word, that asks for some memory.
    static func pod(
        _ name: String, on node: String, owner: String? = "ReplicaSet", memory: String = "64Mi",
        spec: Node = [:]
    ) -> Node {
        var whole = spec
        whole["nodeName"] = .string(node)
        whole["containers"] = [["resources": ["requests": ["cpu": "100m", "memory": .string(memory)]]]]
        let word = String(name.prefix { $0 != "-" })
        return [
            "kind": "Pod",
            "metadata": [
                "namespace": "default", "name": .string(name), "labels": ["app": .string(word)],
                "ownerReferences": owner.map { [["kind": .string($0), "controller": .bool(true)]] } ?? [],
            ], "spec": whole, "status": ["phase": "Running"],
        ]
    }

    /// A budget over the pods of a word.
    static func budget(_ name: String, healthy: Int, wanted: Int, expected: Int) -> Node {
        [
            "kind": "PodDisruptionBudget", "metadata": ["namespace": "default", "name": .string(name)],
            "spec": ["selector": ["matchLabels": ["app": .string(name)]]],
            "status": [
                "currentHealthy": .int(healthy), "desiredHealthy": .int(wanted),
                "expectedPods": .int(expected),
                "disruptionsAllowed": .int(max(0, healthy - wanted)),
            ],
        ]
    }

    /// A volume that only one node can mount, and the claim that it is bound to.
    static func volume(_ name: String, on node: String) -> [Node] {
        let expression: Node = [
            "key": "kubernetes.io/hostname", "operator": "In", "values": [.string(node)],
        ]
        return [
            [
                "kind": "PersistentVolume", "metadata": ["name": .string("pv-\(name)")],
                "spec": [
                    "claimRef": ["namespace": "default", "name": .string(name)],
                    "nodeAffinity": ["required": ["nodeSelectorTerms": [["matchExpressions": [expression]]]]],
                ], "status": ["phase": "Bound"],
            ],
            [
                "kind": "PersistentVolumeClaim",
                "metadata": ["namespace": "default", "name": .string(name)],
                "spec": ["volumeName": .string("pv-\(name)")],
            ],
        ]
    }

    /// What a cluster has of these.
    static func cluster(_ items: [Node]) -> ClusterObjects {
        ClusterObjects(["items": .sequence(items)])
    }
}
