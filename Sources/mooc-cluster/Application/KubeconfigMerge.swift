import YAML

/// Kubeconfig files as data (kubeconfig v1: lists of named clusters, users and contexts).
enum KubeconfigMerge {
    /// kubeadm's administrator's kubeconfig with everything in it named after the cluster, so that those of several
    /// clusters can stand in one file.
    ///
    /// - Throws: `InvalidInput` when the text is none.
    static func renamed(_ text: String, cluster name: String) throws -> Node {
        var config = try read(Array(text.utf8), file: "admin.conf")
        for list in ["clusters", "users", "contexts"] {
            config[list] = .sequence(
                (config[list]?.items ?? []).prefix(1).map { item in
                    var item = item
                    item["name"] = .string(name)
                    if list == "contexts" {
                        item["context"] = ["cluster": .string(name), "user": .string(name)]
                    }
                    return item
                })
        }
        config["current-context"] = .string(name)
        return config
    }

    /// One kubeconfig merged into another: entries of the same names are replaced, all else stays, the present
    /// context too.
    ///
    /// - Throws: `InvalidInput` when the other file is no kubeconfig.
    static func merge(_ own: Node, into other: [UInt8]?, file: String) throws -> Node {
        guard let other, !other.isEmpty else { return own }
        var config = try read(other, file: file)
        for list in ["clusters", "users", "contexts"] {
            let added = own[list]?.items ?? []
            let names = added.compactMap { $0["name"]?.text }
            let kept = (config[list]?.items ?? []).filter { !names.contains($0["name"]?.text ?? "") }
            config[list] = .sequence(kept + added)
        }
        if (config["current-context"]?.text ?? "").isEmpty {
            config["current-context"] = own["current-context"]
        }
        return config
    }

    private static func read(_ bytes: [UInt8], file: String) throws -> Node {
        let diagnostics = Diagnostics()
        let node = YAMLParser.document(bytes, file: file, diagnostics: diagnostics)
        guard let node, node.entries != nil, !diagnostics.hasErrors else {
            diagnostics.error("\(file) is no kubeconfig", at: node?.mark)
            throw InvalidInput(diagnostics.sorted)
        }
        return node
    }
}
