extension Character {
    /// Cells of a terminal that the character takes: 0 for what only modifies, 2 for wide ones and emoji.
    ///
    /// Scripts that build one character of several scalars are counted as terminals do, scalar by scalar.
    package var cells: Int {
        if unicodeScalars.contains(where: { $0.properties.isEmojiPresentation || $0.value == 0xFE0F }) {
            return 2
        }
        return unicodeScalars.reduce(0) { $0 + $1.cells }
    }
}

extension Unicode.Scalar {
    fileprivate var cells: Int {
        switch properties.generalCategory {
        case .control, .format, .nonspacingMark, .enclosingMark, .surrogate: return 0
        default: return Self.wide.contains { $0.contains(value) } ? 2 : 1
        }
    }

    /// The wide and full-width blocks of Unicode's EastAsianWidth.txt.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
        0x20000...0x3FFFD,
    ]
}

extension String {
    /// Cells of a terminal that the text takes; it must hold no escape sequences.
    package var cells: Int { reduce(0) { $0 + $1.cells } }

    /// The text, cut to a number of cells; what was cut ends in `…`.
    package func cut(to limit: Int) -> String {
        guard cells > limit else { return self }
        var result = ""
        var used = 0
        for character in self {
            let next = character.cells
            if used + next > limit - 1 { break }
            result.append(character)
            used += next
        }
        return limit > 0 ? result + "…" : ""
    }

    /// The text, filled up with spaces to a number of cells.
    package func filled(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - cells))
    }

    /// The text without escape sequences and control characters, tabs as spaces.
    ///
    /// What a host prints may be shown on the operator's terminal, and must not be able to command it.
    package var printable: String {
        var result = String.UnicodeScalarView()
        var rest = unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "\u{1B}" {
                rest.dropEscapeSequence()
            } else if scalar == "\t" {
                result.append(" ")
            } else if scalar.properties.generalCategory != .control {
                result.append(scalar)
            }
        }
        return String(result)
    }
}

extension Substring.UnicodeScalarView {
    /// Drops what follows an escape: a control sequence up to its final byte, an operating system command up to
    /// its terminator, else one scalar (ECMA-48, 5.4).
    fileprivate mutating func dropEscapeSequence() {
        switch popFirst() {
        case "[": while let next = popFirst(), !(0x40...0x7E).contains(next.value) {}
        case "]", "P", "^", "_":
            while let next = popFirst(), next != "\u{07}" {
                if next == "\u{1B}" {
                    removeFirst(Swift.min(1, count))
                    return
                }
            }
        default: break
        }
    }
}
