/// A YAML value with the place it was read from.
package struct Node: Sendable {
    /// What kind of value it is, and its content.
    package enum Content: Sendable {
        case scalar(Scalar)
        case sequence([Node])
        case mapping(Mapping)
    }

    /// The content.
    package var content: Content
    /// Where it stands; nil for values made by the program.
    package var mark: Mark?

    /// Makes a node.
    package init(_ content: Content, mark: Mark? = nil) {
        self.content = content
        self.mark = mark
    }
}

/// A scalar's text and how it was written, which decides whether `no` is a word or a mistake.
package struct Scalar: Hashable, Sendable {
    /// How a scalar is written.
    package enum Style: Hashable, Sendable { case plain, singleQuoted, doubleQuoted, literal, folded }

    /// The text, quotes and indentation taken away.
    package var text: String
    /// How it was written.
    package var style: Style

    /// Makes a scalar.
    package init(_ text: String, style: Style) {
        self.text = text
        self.style = style
    }
}

/// A mapping that keeps the order of its entries.
///
/// Keys are scalars; they are unique once parsed.
package struct Mapping: Sendable {
    /// One key with its value.
    package struct Entry: Sendable {
        /// The key's text.
        package var key: String
        /// Where the key stands.
        package var keyMark: Mark?
        /// The value.
        package var value: Node

        /// Makes an entry.
        package init(key: String, keyMark: Mark? = nil, value: Node) {
            self.key = key
            self.keyMark = keyMark
            self.value = value
        }
    }

    /// The entries in order.
    package var entries: [Entry]

    /// Makes a mapping.
    package init(_ entries: [Entry] = []) { self.entries = entries }

    /// The value of a key; setting nil removes the entry, setting a new key appends it.
    package subscript(key: String) -> Node? {
        get { entries.first { $0.key == key }?.value }
        set {
            let index = entries.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): entries[index].value = value
            case (let index?, nil): entries.remove(at: index)
            case (nil, let value?): entries.append(Entry(key: key, value: value))
            case (nil, nil): break
            }
        }
    }
}
