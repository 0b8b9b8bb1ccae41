internal import YAML

/// Fills the values of a tree into the scalars of another: `${path.of.a.value}`.
struct Placeholders {
    /// What paths lead into: mappings, and scalars at their ends.
    let values: Node
    /// What `${shared.NAME}` stands for.
    var shared: [SharedText] = []
    /// Where unknown paths are reported.
    let diagnostics: Diagnostics

    /// The node with every placeholder filled in.
    ///
    /// A scalar that is only a placeholder becomes the value with its type. Any other stays one string, so no value
    /// can change the structure. `$${` stands for `${`.
    func filled(_ node: Node) -> Node {
        var result = node
        switch node.content {
        case .scalar(let scalar): result.content = filled(scalar, at: node.mark)
        case .sequence(let items): result.content = .sequence(items.map(filled))
        case .mapping(var mapping):
            for index in mapping.entries.indices {
                mapping.entries[index].value = filled(mapping.entries[index].value)
            }
            result.content = .mapping(mapping)
        }
        return result
    }

    private func filled(_ scalar: Scalar, at mark: Mark?) -> Node.Content {
        let pieces = withShared(Self.pieces(of: scalar.text), at: mark)
        if case .path(let path)? = pieces.first, pieces.count == 1 {
            return value(at: path, mark)?.content ?? .scalar(scalar)
        }
        guard pieces.count > 1 || pieces.first != .text(scalar.text) else { return .scalar(scalar) }
        let text = pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .path(let path): value(at: path, mark)?.text ?? ""
            }
        }.joined()
        return .scalar(Scalar(text, style: scalar.style == .plain ? .doubleQuoted : scalar.style))
    }

    /// The value that a path leads to; nil, and an error, where that is none.
    func value(at path: String, _ mark: Mark?) -> Node? {
        var node = values
        for part in path.split(separator: ".", omittingEmptySubsequences: false) {
            guard let next = node[String(part)] else {
                unknown(path, String(part), among: node.entries?.map(\.key) ?? [], at: mark)
                return nil
            }
            node = next
        }
        guard case .scalar = node.content else {
            diagnostics.error("${\(path)} is not one value", at: mark, cure: "go on to what is below it")
            return nil
        }
        return node
    }

    /// Says that a part of a path leads nowhere.
    func unknown(_ path: String, _ part: String, among known: [String], at mark: Mark?) {
        let near = Suggestion.nearest(to: part, among: known)
        diagnostics.error(
            "there is no value ${\(path)}", at: mark,
            cure: near.map { "did you mean '\($0)' for '\(part)'?" }
                ?? "known there are \(known.joined(separator: ", "))")
    }

    /// A piece of a scalar's text.
    enum Piece: Equatable { case text(String), path(String) }

    /// Splits text at its placeholders; an unfinished one is text.
    static func pieces(of text: String) -> [Piece] {
        var pieces: [Piece] = []
        var plain = ""
        var rest = Substring(text)
        // Nearly all scalars have none, and to look for it in characters took a twenty-fifth of a rendering.
        while let dollar = rest.utf8.firstIndex(of: UInt8(ascii: "$")) {
            plain += rest[..<dollar]
            rest = rest[dollar...]
            if rest.hasPrefix("$${") {
                plain += "${"
                rest = rest.dropFirst(3)
            } else if rest.hasPrefix("${"), let end = rest.firstIndex(of: "}") {
                if !plain.isEmpty { pieces.append(.text(plain)) }
                plain = ""
                pieces.append(.path(String(rest[..<end].dropFirst(2))))
                rest = rest[rest.index(after: end)...]
            } else {
                plain += "$"
                rest = rest.dropFirst()
            }
        }
        plain += rest
        if !plain.isEmpty || pieces.isEmpty { pieces.append(.text(plain)) }
        return pieces
    }
}
