extension Node {
    /// The node as JSON, in the order given or with sorted keys, on one line or indented by two spaces.
    ///
    /// Infinities and NaN, which JSON does not have, become the strings `.inf`, `-.inf` and `.nan`.
    package func json(pretty: Bool = false, sorted: Bool = false) -> String {
        var writer = JSONWriter(pretty: pretty, sorted: sorted)
        writer.write(self, level: 0)
        return writer.text
    }
}

/// Writes JSON.
private struct JSONWriter {
    /// Whether to indent.
    let pretty: Bool
    /// Whether to sort keys.
    let sorted: Bool
    /// What is written so far.
    var text = ""

    init(pretty: Bool, sorted: Bool) {
        self.pretty = pretty
        self.sorted = sorted
    }

    /// Appends a value.
    mutating func write(_ node: Node, level: Int) {
        switch node.content {
        case .scalar(let scalar): write(scalar)
        case .sequence(let items):
            text += "["
            for (index, item) in items.enumerated() {
                separate(index, level: level + 1)
                write(item, level: level + 1)
            }
            close("]", empty: items.isEmpty, level: level)
        case .mapping(let mapping):
            let entries = sorted ? mapping.entries.sorted { $0.key < $1.key } : mapping.entries
            text += "{"
            for (index, entry) in entries.enumerated() {
                separate(index, level: level + 1)
                text += Quoting.doubleQuoted(entry.key) + (pretty ? ": " : ":")
                write(entry.value, level: level + 1)
            }
            close("}", empty: entries.isEmpty, level: level)
        }
    }

    private mutating func write(_ scalar: Scalar) {
        switch scalar.resolved {
        case .string(let string): text += Quoting.doubleQuoted(string)
        case .float(let value) where !value.isFinite: text += Quoting.doubleQuoted(scalar.canonical)
        default: text += scalar.canonical
        }
    }

    private mutating func separate(_ index: Int, level: Int) {
        if index > 0 { text += "," }
        newline(level)
    }

    private mutating func close(_ bracket: String, empty: Bool, level: Int) {
        if !empty { newline(level) }
        text += bracket
    }

    private mutating func newline(_ level: Int) {
        guard pretty else { return }
        text += "\n" + String(repeating: "  ", count: level)
    }
}
