/// Text with places for values: `${NAME}` is filled in on the host, `$${` is a literal `${`.
package struct Template: Sendable, Hashable {
    /// A piece of the text.
    package enum Part: Sendable, Hashable {
        case text(String)
        case value(String)
    }

    /// The pieces in order.
    package let parts: [Part]

    /// Makes a template of pieces.
    package init(parts: [Part]) { self.parts = parts }

    /// Reads a text; nil if a `${` in it does not begin a name with its brace.
    package init?(_ text: String) {
        var parts: [Part] = []
        var literal = ""
        var rest = text.utf8[...]
        while let dollar = rest.firstIndex(of: UInt8(ascii: "$")) {
            literal += Substring(rest[..<dollar])
            rest = rest[dollar...]
            if rest.starts(with: "$${".utf8) {
                literal += "${"
                rest = rest.dropFirst(3)
            } else if rest.starts(with: "${".utf8) {
                guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else { return nil }
                let name = String(Substring(rest[..<end].dropFirst(2)))
                guard ValueName.isValid(name) else { return nil }
                if !literal.isEmpty { parts.append(.text(literal)) }
                literal = ""
                parts.append(.value(name))
                rest = rest[rest.index(after: end)...]
            } else {
                literal += "$"
                rest = rest.dropFirst()
            }
        }
        literal += Substring(rest)
        if !literal.isEmpty { parts.append(.text(literal)) }
        self.parts = parts
    }

    /// The names of the values in it.
    package var names: [String] {
        parts.compactMap { if case .value(let name) = $0 { name } else { nil } }
    }

    /// The text, if there is no value in it.
    package var literal: String? {
        guard names.isEmpty else { return nil }
        return parts.map { if case .text(let text) = $0 { text } else { "" } }.joined()
    }

    /// One shell word that expands to the filled-in text; a value that is not set ends the step.
    var shellWord: String {
        guard !parts.isEmpty else { return "''" }
        return parts.map { part in
            switch part {
            case .text(let text): ShellQuoting.quoted(text)
            case .value(let name): "\"${\(name)?}\""
            }
        }.joined()
    }
}

/// The names that values may have.
package enum ValueName {
    /// What the shell itself lives on.
    private static let reserved: Set<String> = ["PATH", "IFS", "HOME", "PWD", "LC_ALL", "ENV", "SHELL"]

    /// Whether it is upper case letters, digits and underscores, begins with a letter, and is not the shell's
    /// own.
    package static func isValid(_ name: String) -> Bool {
        guard let first = name.utf8.first, (65...90).contains(first), !reserved.contains(name) else {
            return false
        }
        return name.utf8.allSatisfy { (65...90).contains($0) || (48...57).contains($0) || $0 == 95 }
    }
}
