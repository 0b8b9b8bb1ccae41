extension Node {
    /// The node as YAML: block style, the same bytes each time, read the same by any 1.1 or 1.2 parser.
    ///
    /// Lists stand at the column of their key, as kubectl prints them; texts of several lines are literal
    /// blocks; strings are quoted wherever some parser would read something else. Ends in a newline.
    package func yaml() -> String {
        var emitter = Emitter()
        emitter.root(self)
        return emitter.text
    }
}

extension [Node] {
    /// The nodes as a stream of YAML documents, each after a line `---`.
    package func yamlDocuments() -> String {
        concurrentMap { node in
            var emitter = Emitter()
            emitter.text = "---\n"
            emitter.root(node)
            return emitter.text
        }.joined()
    }
}

/// Writes nodes in block style, two spaces a level.
private struct Emitter {
    /// What stands before a value on its line.
    private enum Position { case afterKey, afterDash }

    /// The longest key that YAML allows without `? ` is 1024 characters with its quotes.
    private static let longestKey = 500

    /// What is written so far.
    var text = ""

    /// Writes a whole document.
    mutating func root(_ node: Node) {
        switch node.content {
        case .mapping(let mapping) where !mapping.entries.isEmpty: entries(mapping, indent: 0)
        case .sequence(let items) where !items.isEmpty: self.items(items, indent: 0)
        case .mapping: text += "{}\n"
        case .sequence: text += "[]\n"
        case .scalar(let scalar): self.scalar(scalar, indent: 0)
        }
    }

    private mutating func entries(_ mapping: Mapping, indent: Int, firstInline: Bool = false) {
        for (index, entry) in mapping.entries.enumerated() {
            if index > 0 || !firstInline { spaces(indent) }
            let key = Quoting.oneLine(entry.key)
            if key.utf8.count > Self.longestKey {
                text += "? " + key + "\n"
                spaces(indent)
                text += ":"
            } else {
                text += key + ":"
            }
            value(entry.value, indent: indent, .afterKey)
        }
    }

    private mutating func items(_ items: [Node], indent: Int, firstInline: Bool = false) {
        for (index, item) in items.enumerated() {
            if index > 0 || !firstInline { spaces(indent) }
            text += "-"
            value(item, indent: indent, .afterDash)
        }
    }

    private mutating func value(_ node: Node, indent: Int, _ position: Position) {
        switch node.content {
        case .mapping(let mapping) where !mapping.entries.isEmpty:
            text += position == .afterKey ? "\n" : " "
            entries(mapping, indent: indent + 2, firstInline: position == .afterDash)
        case .sequence(let items) where !items.isEmpty:
            text += position == .afterKey ? "\n" : " "
            self.items(
                items, indent: position == .afterKey ? indent : indent + 2,
                firstInline: position == .afterDash)
        case .mapping: text += " {}\n"
        case .sequence: text += " []\n"
        case .scalar(let scalar):
            text += " "
            self.scalar(scalar, indent: indent + 2)
        }
    }

    private mutating func scalar(_ scalar: Scalar, indent: Int) {
        guard case .string(let string) = scalar.resolved else {
            text += scalar.canonical + "\n"
            return
        }
        guard let block = LiteralBlock(string) else {
            text += Quoting.oneLine(string) + "\n"
            return
        }
        text += block.header + "\n"
        // At the top level a block still needs its own indentation, as its lines might look like `---`.
        let column = max(indent, 2)
        for line in block.lines {
            if !line.isEmpty { spaces(column) }
            text += line
            text += "\n"
        }
    }

    private mutating func spaces(_ count: Int) {
        for _ in 0..<count { text += " " }
    }
}

extension Scalar {
    /// A scalar that is no string, written so that YAML 1.1, YAML 1.2 and JSON read the same from it
    /// (but for infinities and NaN, which JSON does not have).
    var canonical: String {
        switch resolved {
        case .null: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .int(let value): return "\(value)"
        case .float(let value) where value.isNaN: return ".nan"
        case .float(let value) where value.isInfinite: return value < 0 ? "-.inf" : ".inf"
        case .float(let value):
            // A whole number too large for 64 bits keeps its digits.
            let digits = text.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
            return digits ? String(text.drop { $0 == "0" }) : "\(value)"
        case .string(let text): return text
        }
    }
}
