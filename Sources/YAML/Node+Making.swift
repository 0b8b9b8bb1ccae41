extension Node: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A string, whatever it looks like: `"no"` stays the word no.
    package static func string(_ text: String) -> Node {
        Node(.scalar(Scalar(text, style: .doubleQuoted)))
    }

    /// An integer.
    package static func int(_ value: Int) -> Node { Node(.scalar(Scalar("\(value)", style: .plain))) }

    /// A boolean.
    package static func bool(_ value: Bool) -> Node { Node(.scalar(Scalar("\(value)", style: .plain))) }

    /// The null value.
    package static var null: Node { Node(.scalar(Scalar("null", style: .plain))) }

    /// A sequence.
    package static func sequence(_ items: [Node]) -> Node { Node(.sequence(items)) }

    /// A mapping, in the order given.
    package static func mapping(_ entries: KeyValuePairs<String, Node>) -> Node {
        Node(.mapping(Mapping(entries.map { Mapping.Entry(key: $0.key, value: $0.value) })))
    }

    /// A string literal is a string.
    package init(stringLiteral value: String) { self = .string(value) }
    /// An integer literal is an integer.
    package init(integerLiteral value: Int) { self = .int(value) }
    /// A boolean literal is a boolean.
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    /// An array literal is a sequence.
    package init(arrayLiteral elements: Node...) { self = .sequence(elements) }
    /// A dictionary literal is a mapping in the order written.
    package init(dictionaryLiteral elements: (String, Node)...) {
        self = Node(.mapping(Mapping(elements.map { Mapping.Entry(key: $0.0, value: $0.1) })))
    }
}

extension Node {
    /// The mapping's value at a key, or nil; for walking through objects that the program knows the shape of.
    package subscript(key: String) -> Node? {
        get {
            guard case .mapping(let mapping) = content else { return nil }
            return mapping[key]
        }
        set {
            var mapping = Mapping()
            if case .mapping(let existing) = content { mapping = existing }
            mapping[key] = newValue
            content = .mapping(mapping)
        }
    }

    /// The items of a sequence, or nil.
    package var items: [Node]? {
        guard case .sequence(let items) = content else { return nil }
        return items
    }

    /// The entries of a mapping, or nil.
    package var entries: [Mapping.Entry]? {
        guard case .mapping(let mapping) = content else { return nil }
        return mapping.entries
    }

    /// The scalar's text, whatever its type, or nil.
    package var text: String? {
        guard case .scalar(let scalar) = content else { return nil }
        return scalar.text
    }
}
