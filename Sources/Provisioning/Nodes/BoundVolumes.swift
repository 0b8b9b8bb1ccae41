import Manifests
package import YAML

/// Volumes that live on one node and nowhere else.
package enum BoundVolumes {
    /// The claims of a namespace whose data is out of reach.
    ///
    /// - Parameters:
    ///   - list: a list of PersistentVolumes.
    ///   - namespace: the claims' namespace.
    ///   - ready: the nodes that are ready.
    /// - Returns: each claim whose volume lies on nodes none of which is ready, with those nodes.
    package static func lost(
        in list: [Node], namespace: String, ready: Set<String>
    ) -> [(claim: String, nodes: [String])] {
        list.compactMap { volume in
            let nodes = volume.volumeNodes
            guard let claim = volume["spec"]?["claimRef"], claim["namespace"]?.text == namespace,
                let name = claim["name"]?.text, !nodes.isEmpty, nodes.isDisjoint(with: ready)
            else { return nil }
            return (name, nodes.sorted())
        }
    }

    /// The claimed volumes of a list of PersistentVolumes that only a node can mount.
    static func volumes(in list: [Node], on node: String) -> [(name: String, claim: String)] {
        list.compactMap { volume in
            guard let claim = volume["spec"]?["claimRef"], let phase = volume["status"]?["phase"]?.text,
                phase == "Bound" || phase == "Released", volume.volumeNodes == [node],
                let name = volume["metadata"]?["name"]?.text
            else { return nil }
            return (name, "\(claim["namespace"]?.text ?? "")/\(claim["name"]?.text ?? "")")
        }
    }
}
