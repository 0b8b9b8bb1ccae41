/// Reads a mapping key by key, notes which keys were asked for, and in the end names those that nobody knows.
///
/// A key with nothing after it counts as absent. Every read that fails adds an error with its place and
/// gives nil, so that reading goes on and all that is wrong is found at once.
package struct MappingReader {
    /// What is read, for messages: `host 'node1'`.
    package var what: String
    /// Where the mapping starts.
    package let mark: Mark?
    /// Where errors go.
    package let diagnostics: Diagnostics

    private let mapping: Mapping
    private var asked: [String] = []

    /// Starts to read a mapping; nil, with an error, if the node is none.
    ///
    /// A null is read as an empty mapping.
    package init?(_ node: Node, what: String, diagnostics: Diagnostics) {
        switch node.content {
        case .mapping(let mapping): self.mapping = mapping
        case .scalar where node.isNull: mapping = Mapping()
        default:
            diagnostics.error(
                "\(what) must be a mapping, not \(node.kind)", at: node.mark,
                cure: "write 'key: value' lines below it")
            return nil
        }
        self.what = what
        mark = node.mark
        self.diagnostics = diagnostics
    }

    /// The value of a key as it stands, or nil if the key is absent or has nothing after it.
    package mutating func value(_ key: String) -> Node? {
        if !asked.contains(key) { asked.append(key) }
        guard let value = mapping[key], !value.isNull else { return nil }
        return value
    }

    /// The value of a key that must be there, or nil with an error.
    package mutating func requiredValue(_ key: String) -> Node? {
        if let value = value(key) { return value }
        if let entry = mapping.entries.first(where: { $0.key == key }) {
            diagnostics.error(
                "'\(key)' of \(what) has no value", at: entry.keyMark ?? mark, cure: "write one after the ':'"
            )
        } else {
            diagnostics.error("\(what) has no '\(key)'", at: mark, cure: "add '\(key): …'")
        }
        return nil
    }

    /// Where the value of a key stands, else the mapping itself; for what is found wrong later.
    package func mark(of key: String) -> Mark? { mapping[key]?.mark ?? mark }

    /// Whether the key is written, even with nothing after it.
    package func has(_ key: String) -> Bool { mapping[key] != nil }

    /// Reports every key that was not asked for, with the nearest one that was.
    ///
    /// - Parameter also: keys that are known although this reading had no need to ask for them.
    package func finish(also: [String] = []) {
        let known = asked + also
        for entry in mapping.entries where !known.contains(entry.key) {
            let unused = known.filter { !has($0) }
            let cure: String
            if let near = Suggestion.nearest(to: entry.key, among: unused) {
                cure = "did you mean '\(near)'?"
            } else if let near = Suggestion.nearest(to: entry.key, among: known) {
                cure = "'\(near)' stands there already"
            } else {
                cure = "known are \(known.joined(separator: ", "))"
            }
            diagnostics.error("\(what) has no key '\(entry.key)'", at: entry.keyMark, cure: cure)
        }
    }

    /// What a value is wanted as and is not.
    func mismatch(_ key: String, wants: String, _ node: Node, cure: String? = nil) {
        diagnostics.error("'\(key)' of \(what) must be \(wants), not \(node.kind)", at: node.mark, cure: cure)
    }
}

extension Node {
    /// What the node is, for messages: "a list", "the number 5".
    package var kind: String {
        switch content {
        case .sequence: return "a list"
        case .mapping: return "a mapping"
        case .scalar(let scalar):
            switch scalar.resolved {
            case .null: return "empty"
            case .bool: return "the boolean \(scalar.text)"
            case .int, .float: return "the number \(scalar.text)"
            case .string where scalar.text.isEmpty: return "an empty text"
            case .string: return "the text '\(scalar.text.prefix(60))'"
            }
        }
    }
}
