internal import YAML

extension Placeholders {
    /// The pieces of a scalar with shared texts in the place of `${shared.NAME}`.
    ///
    /// Such a placeholder stands alone on its line, and all lines of the text begin where it does. What stands for a
    /// value in the text is one of this scalar then.
    func withShared(_ pieces: [Piece], at mark: Mark?) -> [Piece] {
        guard pieces.contains(where: { $0.sharedName != nil }) else { return pieces }
        var result: [Piece] = []
        for (index, piece) in pieces.enumerated() {
            guard let name = piece.sharedName else {
                result.append(piece)
                continue
            }
            guard let text = shared.first(where: { $0.name == name }) else {
                unknown("shared.\(name)", name, among: shared.map(\.name), at: mark)
                continue
            }
            guard let indentation = Self.indentation(before: index, of: pieces),
                Self.endsLine(before: index + 1, of: pieces)
            else {
                diagnostics.error(
                    "${shared.\(name)} is not alone on its line", at: mark, cure: "give it a line of its own")
                continue
            }
            result += self.pieces(of: text, after: indentation)
        }
        return result
    }

    /// The pieces of a shared text; what is wrong with its placeholders is said of its own file.
    private func pieces(of shared: SharedText, after indentation: Substring) -> [Piece] {
        Self.pieces(of: shared.text(after: indentation)).filter { piece in
            guard case .path(let path) = piece else { return true }
            let mark = shared.mark(of: path)
            guard piece.sharedName == nil else {
                diagnostics.error(
                    "a shared text has no other one in it", at: mark,
                    cure: "write ${\(path)} into the objects, beside ${shared.\(shared.name)}")
                return false
            }
            return value(at: path, mark) != nil
        }
    }

    /// The white space that a line begins with at a piece; nil where there is more before it.
    private static func indentation(before index: Int, of pieces: [Piece]) -> Substring? {
        guard index > 0 else { return "" }
        guard case .text(let text) = pieces[index - 1] else { return nil }
        let newline = text.utf8.lastIndex(of: UInt8(ascii: "\n"))
        guard newline != nil || index == 1 else { return nil }
        let line = newline.map { text[text.utf8.index(after: $0)...] } ?? text[...]
        return line.utf8.allSatisfy { $0 == UInt8(ascii: " ") } ? line : nil
    }

    private static func endsLine(before index: Int, of pieces: [Piece]) -> Bool {
        guard index < pieces.count else { return true }
        guard case .text(let text) = pieces[index] else { return false }
        return text.utf8.first == UInt8(ascii: "\n")
    }
}

extension Placeholders.Piece {
    /// The name of the shared text that it stands for; nil for anything else.
    fileprivate var sharedName: String? {
        guard case .path(let path) = self, path.hasPrefix("shared.") else { return nil }
        return String(path.dropFirst("shared.".count))
    }
}
