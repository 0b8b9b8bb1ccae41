package import YAML

/// What applying would do to one object, or has done.
package struct Change: Sendable {
    /// What is done.
    ///
    /// A `resize` is what `volume resize` would do: applying does it not, and refuses.
    package enum Kind: String, Sendable, Hashable { case create, update, delete, resize }

    /// The object.
    package var id: ObjectID
    /// What is done to it.
    package var kind: Kind
    /// For an update, what becomes of each field that differs; values of Secrets are hidden.
    package var fields: [FieldChange]
    /// For a resize, the two sizes.
    package var size: VolumeSize?
    /// Images that no node has yet and no change before this one brings; found for plans alone.
    package var fetches: [String] = []

    /// Makes a change.
    package init(_ kind: Kind, _ id: ObjectID, fields: [FieldChange] = []) {
        self.kind = kind
        self.id = id
        self.fields = fields
    }

    /// A volume that has another size.
    init(_ size: VolumeSize, in namespace: String) {
        self.init(
            .resize, ObjectID(kind: "PersistentVolumeClaim", namespace: namespace, name: size.claim),
            fields: [FieldChange(path: "size", old: size.has, new: size.wanted)])
        self.size = size
    }
}

/// A field that differs between the cluster and what is wanted.
package struct FieldChange: Sendable, Hashable, CustomStringConvertible {
    /// Such as `spec.template.spec.containers[lms].image`.
    package var path: String
    /// What the cluster has, as JSON; nil when it has none.
    package var old: String?
    /// What is wanted, as JSON; nil when there is to be none.
    package var new: String?

    /// `path: old → new`.
    package var description: String { "\(path): \(old ?? "none") → \(new ?? "none")" }
}

extension FieldChange {
    /// Every field that differs, in order.
    ///
    /// - Parameters:
    ///   - live: what the cluster has.
    ///   - wanted: what the cluster says it would have after applying.
    ///   - hidden: whether values are replaced by dots.
    /// - Returns: one change for each differing field, at the innermost place.
    package static func between(_ live: Node, _ wanted: Node, hidden: Bool = false) -> [FieldChange] {
        var changes: [FieldChange] = []
        collect(live.withoutServerFields, wanted.withoutServerFields, "", &changes)
        guard hidden else { return changes }
        return changes.map { change in
            guard change.path.hasPrefix("data") || change.path.hasPrefix("stringData") else { return change }
            return FieldChange(
                path: change.path, old: change.old.map { _ in "••••••" },
                new: change.new.map { _ in "••••••" })
        }
    }

    private static func collect(
        _ live: Node?, _ wanted: Node?, _ path: String, _ changes: inout [FieldChange]
    ) {
        guard let live, let wanted else {
            if live != nil || wanted != nil { changes.append(leaf(live, wanted, path)) }
            return
        }
        if live.means(wanted) { return }
        if let old = live.entries, let new = wanted.entries {
            let keys = old.map(\.key) + new.map(\.key).filter { live[$0] == nil }
            for key in keys.sorted() {
                collect(live[key], wanted[key], path.isEmpty ? key : "\(path).\(key)", &changes)
            }
        } else if let old = named(live), let new = named(wanted) {
            for name in Set(old.keys).union(new.keys).sorted() {
                collect(old[name], new[name], "\(path)[\(name)]", &changes)
            }
        } else {
            changes.append(leaf(live, wanted, path))
        }
    }

    /// The items of a list by their names; nil when not all have one of their own.
    private static func named(_ list: Node) -> [String: Node]? {
        guard let items = list.items else { return nil }
        var table: [String: Node] = [:]
        for item in items {
            guard let name = item["name"]?.text, table.updateValue(item, forKey: name) == nil else {
                return nil
            }
        }
        return table
    }

    private static func leaf(_ live: Node?, _ wanted: Node?, _ path: String) -> FieldChange {
        FieldChange(path: path, old: live.map { $0.json() }, new: wanted.map { $0.json() })
    }
}

extension Node {
    /// The object without what the server writes by itself, and without the mark of what was applied.
    package var withoutServerFields: Node {
        var node = AppliedMark.hiding(self)
        node["status"] = nil
        for key in ["managedFields", "resourceVersion", "generation", "creationTimestamp", "uid", "selfLink"]
        {
            node[path: ["metadata", key]] = nil
        }
        return node
    }
}
