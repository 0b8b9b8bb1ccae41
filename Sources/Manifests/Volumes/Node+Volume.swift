package import YAML

/// What a PersistentVolume says of where it lies.
extension Node {
    /// The host names that its node affinity allows; empty for one that every node can mount.
    package var volumeNodes: Set<String> {
        let terms = self["spec"]?["nodeAffinity"]?["required"]?["nodeSelectorTerms"]?.items ?? []
        var names: Set<String> = []
        for expression in terms.flatMap({ $0["matchExpressions"]?.items ?? [] })
        where expression["key"]?.text == "kubernetes.io/hostname" && expression["operator"]?.text == "In" {
            names.formUnion((expression["values"]?.items ?? []).compactMap(\.text))
        }
        return names
    }

    /// Its folder on the node; nil where it is none of a node.
    var volumeFolder: String? {
        (self["spec"]?["local"] ?? self["spec"]?["hostPath"])?["path"]?.text
    }

    /// What it lies in, where that is no folder of a node: `nfs SERVER:PATH`, or what a driver calls it.
    var volumeSource: String? {
        if let nfs = self["spec"]?["nfs"] {
            return "nfs \(nfs["server"]?.text ?? ""):\(nfs["path"]?.text ?? "")"
        }
        return self["spec"]?["csi"]?["driver"]?.text
    }
}
