package import YAML

extension Node {
    /// The node with another laid over it: mappings are merged key by key, anything else is replaced.
    package func merged(with other: Node) -> Node {
        guard case .mapping(var mapping) = content, case .mapping(let over) = other.content else {
            return other
        }
        for entry in over.entries {
            mapping[entry.key] = mapping[entry.key].map { $0.merged(with: entry.value) } ?? entry.value
        }
        return Node(.mapping(mapping), mark: mark)
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
