/// Reads YAML, and with it JSON, into nodes that know their places.
///
/// YAML has traps, and operators fall into them at night. What this module does of each:
///
/// | Trap | What happens here |
/// |---|---|
/// | `no`, `yes`, `on`, `off` (booleans in YAML 1.1, words in 1.2) | A word in the tree; a typed read refuses it unquoted: "write false, or "no" for the text". |
/// | `y`, `n` (booleans by the letter of 1.1, in no parser in use) | Text; written back in quotes. |
/// | `0755` (493 in 1.1, 755 in 1.2), `1_000`, `0b11`, `12:30:45` (45045 in 1.1) | A typed read refuses it unquoted and says how to write what is meant. |
/// | `1.30` read as the number 1.3 | The written text is kept. ``MappingReader/versionString(_:)`` takes it as it stands, since what the person means is clear; ``MappingReader/string(_:)`` asks for quotes. |
/// | A date such as `2026-11-21` (a timestamp in 1.1) | Text, as in 1.2; written back in quotes. |
/// | The same key twice (the last one silently wins elsewhere) | An error with both places; reading goes on with the first. |
/// | An unknown or misspelt key (silently ignored elsewhere) | An error with the nearest known key: ``MappingReader/finish(also:)``. |
/// | `key:` with nothing after it | Null; a typed read takes it as absent, so a section whose lines are all commented out is not there. |
/// | Tabs as indentation | "a tab stands where YAML wants spaces", at the tab. |
/// | A byte order mark at the start | Taken away, and columns are counted without it. |
/// | UTF-16, Latin-1 and other bytes that are not UTF-8 | An error at the first bad byte. |
/// | Anchors and aliases | Allowed. An aliased value stands where its alias stands; what is inside keeps its own places. |
/// | A billion laughs | Each alias is charged with the values behind it; over ``Limits/nodes`` it is refused. |
/// | `&a [*a]`, a value inside itself | Refused. |
/// | Deep nesting | Refused beyond ``Limits/depth``. |
/// | `<<` merge keys (1.1 only) | Refused: "repeat the keys". A quoted `"<<"` is a key like any other. |
/// | `? [a, b]`, keys that are lists or mappings; an empty key | Refused. |
/// | Keys such as `80:` or `on:` | The key is the written text; keys are always texts, as in Kubernetes. |
/// | Tags such as `!!python/object` | Refused. |
/// | `!vault` before what `ansible-vault` encrypted | Taken: the text says itself what it is. Before anything else it is refused. |
/// | Several documents where one is wanted | ``document(_:file:diagnostics:)`` refuses the second. |
/// | Text that another parser would read as something else | ``Node/yaml()`` quotes whatever any 1.1 or 1.2 parser would not read as the same text. |
package enum YAMLParser {
    /// How much a file may ask of the program.
    package struct Limits: Sendable {
        /// How deep lists and mappings may nest.
        package var depth: Int
        /// How many values there may be, those behind aliases counted at each alias.
        package var nodes: Int

        /// Makes limits.
        package init(depth: Int = 200, nodes: Int = 1_000_000) {
            self.depth = depth
            self.nodes = nodes
        }

        /// Deep and large enough for ten megabytes of JSON from a cluster.
        package static let `default` = Limits()
    }

    /// Reads all documents of a file; none for an empty one.
    ///
    /// What is wrong goes to `diagnostics`, as much of it as can be found; the result is complete only
    /// when no error was added, and otherwise good for finding more that is wrong.
    package static func documents(
        _ bytes: [UInt8], file: String, limits: Limits = .default, diagnostics: Diagnostics
    ) -> [Node] {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
        var builder = NodeBuilder(text, file: file, limits: limits, diagnostics: diagnostics)
        return builder.documents()
    }

    /// Reads a file that must hold exactly one document; nil, with an error, if it holds none or more.
    package static func document(_ text: String, file: String, diagnostics: Diagnostics) -> Node? {
        document(Array(text.utf8), file: file, diagnostics: diagnostics)
    }

    /// Reads bytes that must hold exactly one document; nil, with an error, if they hold none or more.
    package static func document(_ bytes: [UInt8], file: String, diagnostics: Diagnostics) -> Node? {
        let already = diagnostics.items.count
        let all = documents(bytes, file: file, diagnostics: diagnostics)
        let isSound = diagnostics.items.count == already
        return document(all, file: file, isSound: isSound, diagnostics: diagnostics)
    }

    /// The one document that a file must hold; nil, with an error, if it holds none or more.
    ///
    /// - Parameters:
    ///   - all: the documents of the file.
    ///   - file: its path.
    ///   - isSound: whether reading it found nothing wrong, which would say why there is none.
    ///   - diagnostics: where what is wrong goes.
    /// - Returns: the document.
    package static func document(
        _ all: [Node], file: String, isSound: Bool, diagnostics: Diagnostics
    ) -> Node? {
        if all.count == 1 { return all.first }
        if all.count > 1 {
            diagnostics.error(
                "a second document starts here, and this file holds only one", at: all[1].mark,
                cure: "take away the '---' line before it, or move the document to a file of its own")
        } else if isSound {
            diagnostics.error("the file is empty", at: Mark(file: file, line: 1, column: 1))
        }
        return nil
    }
}
