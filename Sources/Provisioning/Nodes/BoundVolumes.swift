import Inventory
package import YAML

/// Volumes that live on one node and nowhere else.
package enum BoundVolumes {
    /// What of a node's volumes would be lost with it.
    ///
    /// - Returns: for each volume with a claim that only this node can mount, an error; a warning if their loss was
    ///   agreed to.
    /// - Throws: ``KubectlLost`` or what the transport throws.
    static func check(on host: Host, _ kubectl: Kubectl, losesVolumes: Bool) async throws -> [Finding] {
        let answer = try await kubectl.run(["get", "persistentvolumes", "-o", "json"])
        let diagnostics = Diagnostics()
        guard answer.code == 0,
            let list = YAMLParser.document(answer.output, file: "persistentvolumes", diagnostics: diagnostics)
        else {
            let said =
                String(decoding: answer.error, as: UTF8.self).split(separator: "\n").last ?? "no answer"
            return [
                Finding(
                    .error, host: host.name, "it cannot be told which volumes are on it: \(said)",
                    cure: "look at the API server; then run the same command again")
            ]
        }
        return volumes(in: list, on: host.name).map { volume in
            Finding(
                losesVolumes ? .warning : .error, host: host.name,
                "the volume \(volume.name) of the claim \(volume.claim) is on this node and on no other",
                cure: losesVolumes
                    ? "its folder stays on the host"
                    : "move its data and delete the claim, or say that it may be lost (its folder stays on the host)"
            )
        }
    }

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
            let nodes = nodes(of: volume)
            guard let claim = volume["spec"]?["claimRef"], claim["namespace"]?.text == namespace,
                let name = claim["name"]?.text, !nodes.isEmpty, nodes.isDisjoint(with: ready)
            else { return nil }
            return (name, nodes.sorted())
        }
    }

    /// The claimed volumes of a list of PersistentVolumes that only a node can mount.
    static func volumes(in list: Node, on node: String) -> [(name: String, claim: String)] {
        (list["items"]?.items ?? []).compactMap { volume in
            guard let claim = volume["spec"]?["claimRef"], let phase = volume["status"]?["phase"]?.text,
                phase == "Bound" || phase == "Released", nodes(of: volume) == [node],
                let name = volume["metadata"]?["name"]?.text
            else { return nil }
            return (name, "\(claim["namespace"]?.text ?? "")/\(claim["name"]?.text ?? "")")
        }
    }

    /// The host names that a volume's node affinity allows.
    private static func nodes(of volume: Node) -> Set<String> {
        let terms = volume["spec"]?["nodeAffinity"]?["required"]?["nodeSelectorTerms"]?.items ?? []
        var names: Set<String> = []
        for expression in terms.flatMap({ $0["matchExpressions"]?.items ?? [] })
        where expression["key"]?.text == "kubernetes.io/hostname" && expression["operator"]?.text == "In" {
            names.formUnion((expression["values"]?.items ?? []).compactMap(\.text))
        }
        return names
    }
}
