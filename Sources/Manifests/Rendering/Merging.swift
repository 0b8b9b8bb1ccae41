package import YAML

extension Node {
    /// The node with another laid over it: mappings are merged key by key, lists whose items all have a name are merged
    /// name by name, a key that is null there goes, anything else is replaced.
    package func merged(with other: Node) -> Node {
        if let items, let over = other.items, let names = Self.names(items), let new = Self.names(over) {
            let changed = zip(names, items).map { name, item in
                new.firstIndex(of: name).map { item.merged(with: over[$0]) } ?? item
            }
            let added = zip(new, over).filter { !names.contains($0.0) }.map(\.1)
            return Node(.sequence(changed + added), mark: mark)
        }
        guard case .mapping(var mapping) = content, case .mapping(let over) = other.content else {
            return other
        }
        for entry in over.entries {
            mapping[entry.key] =
                entry.value.isNull
                ? nil : mapping[entry.key].map { $0.merged(with: entry.value) } ?? entry.value
        }
        return Node(.mapping(mapping), mark: mark)
    }

    /// The names of a list's items; nil when one has none, or there are no items.
    private static func names(_ items: [Node]) -> [String]? {
        let names = items.compactMap { $0["name"]?.text }
        return names.count == items.count && !names.isEmpty ? names : nil
    }

    /// What a path of keys leads to; setting makes the mappings on the way.
    package subscript(path path: [String]) -> Node? {
        get { path.reduce(self as Node?) { $0?[$1] } }
        set {
            guard let first = path.first else {
                if let newValue { self = newValue }
                return
            }
            if path.count == 1 {
                self[first] = newValue
            } else {
                var inner = self[first] ?? Node(.mapping(Mapping()))
                inner[path: Array(path.dropFirst())] = newValue
                self[first] = inner
            }
        }
    }
}
