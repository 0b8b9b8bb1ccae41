internal import YAML

/// The objects that a proof puts into the cluster and takes away again.
struct ProofObjects {
    /// The port that its pods answer on.
    static let port = 8080

    /// The image of its pods: it needs `busybox` with httpd, wget and nslookup.
    let image: String
    /// The nodes to prove.
    let nodes: [String]
    /// Where the volume of the proof lies.
    let volume: ProofVolume

    private var metadata: Node { ["namespace": .string(Proof.namespace)] }

    /// Namespace, volume, a pod on every node, and a Service in front of them.
    ///
    /// The volume comes before its claim: a claim that the control plane hears of first is looked at again only after
    /// its resync period of 15 s (kube-controller-manager, --pvclaimbinder-sync-period).
    var cluster: [Node] {
        var objects: [Node] = [
            ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(Proof.namespace)]]
        ]
        if let persistentVolume { objects.append(persistentVolume) }
        objects.append([
            "apiVersion": "v1", "kind": "Service",
            "metadata": ["name": "proof", "namespace": .string(Proof.namespace)],
            "spec": [
                "selector": ["app.kubernetes.io/name": "proof"],
                "ports": [
                    [
                        "name": "http", "port": .int(Self.port), "targetPort": .int(Self.port),
                        "protocol": "TCP",
                    ]
                ],
            ],
        ])
        for node in nodes {
            let script =
                "mkdir -p /tmp/www && echo \"$NODE\" > /tmp/www/index.html && "
                + "exec busybox httpd -f -p \(Self.port) -h /tmp/www"
            objects.append(
                pod("proof-\(node)", on: node, script: script, labels: ["app.kubernetes.io/name": "proof"]))
        }
        return objects
    }

    private var claimNames: Node { ["name": "proof", "namespace": .string(Proof.namespace)] }

    /// The volume; nil where a StorageClass makes it.
    private var persistentVolume: Node? {
        let specification: Node = [
            "capacity": ["storage": "1Mi"], "accessModes": ["ReadWriteOnce"],
            "persistentVolumeReclaimPolicy": "Retain", "storageClassName": "", "claimRef": claimNames,
        ]
        return volume.source.map { source in
            [
                "apiVersion": "v1", "kind": "PersistentVolume",
                "metadata": ["name": .string(Proof.namespace)],
                "spec": specification.merged(with: source),
            ]
        }
    }

    /// The claim of the volume.
    var claim: Node {
        var claim: Node = [
            "accessModes": ["ReadWriteOnce"], "storageClassName": .string(volume.storageClass ?? ""),
            "resources": ["requests": ["storage": "1Mi"]],
        ]
        if volume.source != nil { claim["volumeName"] = .string(Proof.namespace) }
        return [
            "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": claimNames, "spec": claim,
        ]
    }

    /// A pod that writes a text into the claim.
    func writing(_ text: String) -> Node {
        claimPod("proof-writes", script: "echo \(text) > /claim/.mooc-cluster-proof && sync")
    }

    /// A pod that reads what the other has written, and removes it.
    var reading: Node {
        claimPod("proof-reads", script: "cat /claim/.mooc-cluster-proof && rm /claim/.mooc-cluster-proof")
    }

    private func claimPod(_ name: String, script: String) -> Node {
        var pod = pod(name, on: nil, script: script, labels: [:])
        pod[path: ["spec", "restartPolicy"]] = "Never"
        pod[path: ["spec", "volumes"]] = [
            ["name": "claim", "persistentVolumeClaim": ["claimName": "proof"]]
        ]
        var container = pod[path: ["spec", "containers"]]?.items?.first ?? [:]
        container["volumeMounts"] = [["name": "claim", "mountPath": "/claim"]]
        pod[path: ["spec", "containers"]] = .sequence([container])
        return pod
    }

    private func pod(_ name: String, on node: String?, script: String, labels: Node) -> Node {
        var specification: Node = [
            "terminationGracePeriodSeconds": 0, "enableServiceLinks": false,
            "automountServiceAccountToken": false,
            "tolerations": [["operator": "Exists"]],
            "containers": [
                [
                    "name": "proof", "image": .string(image), "imagePullPolicy": "IfNotPresent",
                    "command": ["sh", "-c", .string(script)],
                    "env": [["name": "NODE", "valueFrom": ["fieldRef": ["fieldPath": "spec.nodeName"]]]],
                    "resources": ["requests": ["cpu": "10m", "memory": "16Mi"]],
                ]
            ],
        ]
        // Bound by hand: a scheduler that stays away from a node must not hide that the node does not work.
        if let node { specification["nodeName"] = .string(node) }
        return [
            "apiVersion": "v1", "kind": "Pod",
            "metadata": ["name": .string(name), "namespace": .string(Proof.namespace), "labels": labels],
            "spec": specification,
        ]
    }
}
