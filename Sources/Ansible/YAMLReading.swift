import YAML

/// Reads an inventory in Ansible's YAML form: groups with `hosts`, `children` and `vars`.
struct YAMLReading {
    /// Where what is wrong is told.
    let diagnostics: Diagnostics

    /// Reads the groups of a file into a tree.
    func read(_ node: Node, into tree: inout GroupTree) {
        guard let groups = node.entries else {
            diagnostics.error("an inventory is a mapping of groups", at: node.mark)
            return
        }
        if let plugin = groups.first(where: { $0.key == "plugin" }) {
            diagnostics.error(
                "this is the configuration of a plugin that asks others for hosts", at: plugin.keyMark,
                cure: "write down what it finds: ansible-inventory --list --yaml, and take that over")
            return
        }
        for group in groups { read(group, into: &tree) }
    }

    private func read(_ group: Mapping.Entry, into tree: inout GroupTree) {
        guard group.value.isNull || group.value.entries != nil else {
            diagnostics.warning("'\(group.key)' is no group, and left out", at: group.value.mark)
            return
        }
        tree.add(group: group.key)
        for part in group.value.entries ?? [] {
            switch part.key {
            case "vars":
                for entry in entries(part) {
                    attempt(at: entry.keyMark) { () throws(GroupTree.Fault) in
                        try tree.set(Variable(entry.key, entry.value), of: group.key)
                    }
                }
            case "children":
                for child in entries(part) {
                    read(child, into: &tree)
                    guard tree.groups[child.key] != nil else { continue }
                    attempt(at: child.keyMark) { () throws(GroupTree.Fault) in
                        try tree.add(child: child.key, to: group.key)
                    }
                }
            case "hosts":
                for host in entries(part) {
                    attempt(at: host.keyMark) { () throws(GroupTree.Fault) in
                        try read(host, of: group.key, into: &tree)
                    }
                }
            default:
                diagnostics.warning(
                    "'\(part.key)' of the group '\(group.key)' is none of hosts, children and vars, and left out",
                    at: part.keyMark)
            }
        }
    }

    private func read(
        _ host: Mapping.Entry, of group: String, into tree: inout GroupTree
    ) throws(GroupTree.Fault) {
        let pattern = try HostPattern(host.key)
        guard host.value.isNull || host.value.entries != nil else {
            throw GroupTree.Fault(
                message: "what stands below the host '\(host.key)' is no mapping of variables")
        }
        let port = pattern.port.map { Node(.scalar(Scalar($0, style: .plain)), mark: host.keyMark) }
        for name in pattern.names {
            try tree.add(host: name, to: group, port: port)
            for entry in host.value.entries ?? [] {
                try tree.set(Variable(entry.key, entry.value), of: name)
            }
        }
    }

    /// The entries of a part; a text alone is a key with nothing after it.
    private func entries(_ part: Mapping.Entry) -> [Mapping.Entry] {
        if part.value.isNull { return [] }
        if let text = part.value.text {
            return [Mapping.Entry(key: text, keyMark: part.value.mark, value: .null)]
        }
        guard let entries = part.value.entries else {
            diagnostics.error(
                "'\(part.key)' is a list", at: part.value.mark,
                cure: "write it as a mapping: a ':' after each name")
            return []
        }
        return entries
    }

    private func attempt(at mark: Mark?, _ work: () throws(GroupTree.Fault) -> Void) {
        do throws(GroupTree.Fault) {
            try work()
        } catch {
            diagnostics.error(error.message, at: mark)
        }
    }
}
