extension MappingReader {
    /// A list of texts.
    package mutating func strings(_ key: String) -> [String]? {
        guard let nodes = sequence(key) else { return nil }
        return nodes.compactMap { text($0, of: key) }
    }

    /// A list of anything.
    package mutating func sequence(_ key: String) -> [Node]? {
        value(key).flatMap { list($0, of: key) }
    }

    /// A list that must be there.
    package mutating func requiredSequence(_ key: String) -> [Node]? {
        requiredValue(key).flatMap { list($0, of: key) }
    }

    /// A mapping of texts to texts; keys are taken as they are written.
    package mutating func stringMap(_ key: String) -> [String: String]? {
        guard let node = value(key) else { return nil }
        guard case .mapping(let mapping) = node.content else {
            mismatch(key, wants: "a mapping of texts", node)
            return nil
        }
        var map: [String: String] = [:]
        for entry in mapping.entries {
            map[entry.key] = text(entry.value, of: "\(key).\(entry.key)")
        }
        return map
    }

    /// A mapping below a key, to be read in turn; nil if it is absent.
    package mutating func mapping(_ key: String, what: String) -> MappingReader? {
        value(key).flatMap { MappingReader($0, what: what, diagnostics: diagnostics) }
    }

    /// A mapping that must be there.
    package mutating func requiredMapping(_ key: String, what: String) -> MappingReader? {
        requiredValue(key).flatMap { MappingReader($0, what: what, diagnostics: diagnostics) }
    }

    private func list(_ node: Node, of key: String) -> [Node]? {
        if let items = node.items { return items }
        mismatch(key, wants: "a list", node, cure: "write each item on a line with '- ' before it")
        return nil
    }
}
