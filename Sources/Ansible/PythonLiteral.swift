import YAML

/// A value in an INI file, which is read as a literal of Python where it is one, and as a text where not.
enum PythonLiteral {
    /// The value of a text.
    static func node(_ text: String, at mark: Mark) -> Node {
        if text.hasPrefix("{") || text.hasPrefix("[") {
            // Python's lists and dictionaries are those of YAML, where they hold nothing but plain texts and numbers.
            let node = YAMLParser.document(text, file: mark.file, diagnostics: Diagnostics())
            if let node, node.text == nil, !text.contains("{{") { return placed(node, at: mark) }
        }
        if let string = string(text) {
            return Node(.scalar(Scalar(string, style: .doubleQuoted)), mark: mark)
        }
        let bare = withoutComment(text)
        switch bare {
        case "True", "False": return plain(bare.lowercased(), mark)
        case "None": return plain("null", mark)
        default: break
        }
        if let number = number(bare) { return plain(number, mark) }
        return Node(.scalar(Scalar(text, style: .doubleQuoted)), mark: mark)
    }

    private static func plain(_ text: String, _ mark: Mark) -> Node {
        Node(.scalar(Scalar(text, style: .plain)), mark: mark)
    }

    /// What stands before a comment, where it is a literal.
    private static func withoutComment(_ text: String) -> String {
        text.firstMatch(of: /^([^#\s]+)\s*#/).map { String($0.1) } ?? text
    }

    /// The digits of a number; a whole one does not begin with a zero unless it is zero.
    private static func number(_ text: String) -> String? {
        let sign = text.hasPrefix("-") ? "-" : ""
        let digits = text.hasPrefix("-") || text.hasPrefix("+") ? String(text.dropFirst()) : text
        if digits.wholeMatch(of: /[0-9]+\.[0-9]+/) != nil { return sign + digits }
        guard digits.wholeMatch(of: /\w+/) != nil, !digits.hasPrefix("_"), !digits.hasSuffix("_"),
            !digits.contains("__")
        else { return nil }
        let bare = digits.replacing("_", with: "").lowercased()
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where bare.hasPrefix(prefix) {
            return Int(bare.dropFirst(2), radix: radix).map { "\(sign)\($0)" }
        }
        guard let value = Int(bare), !bare.hasPrefix("0") || value == 0 else { return nil }
        return sign + "\(value)"
    }

    /// The text of a literal in quotes; nil where it is none, or more than one.
    private static func string(_ text: String) -> String? {
        guard let quote = text.first, quote == "'" || quote == "\"" else { return nil }
        var rest = text.dropFirst()
        // Three quotes in a row begin another kind of text.
        guard !rest.hasPrefix("\(quote)\(quote)") else { return nil }
        var result = ""
        while let character = rest.popFirst() {
            if character == quote {
                let after = rest.drop(while: \.isWhitespace)
                return after.isEmpty || after.hasPrefix("#") ? result : nil
            }
            guard character == "\\", let next = rest.popFirst() else {
                result.append(character)
                continue
            }
            switch next {
            case "n": result.append("\n")
            case "t": result.append("\t")
            case "r": result.append("\r")
            case "\\", "'", "\"": result.append(next)
            // Other escapes are of no use in what is taken over.
            default: result += "\\" + String(next)
            }
        }
        return nil
    }

    /// A node whose parts all stand at one place: that of the line.
    private static func placed(_ node: Node, at mark: Mark) -> Node {
        switch node.content {
        case .scalar: Node(node.content, mark: mark)
        case .sequence(let items): Node(.sequence(items.map { placed($0, at: mark) }), mark: mark)
        case .mapping(let mapping):
            Node(
                .mapping(
                    Mapping(
                        mapping.entries.map {
                            Mapping.Entry(key: $0.key, keyMark: mark, value: placed($0.value, at: mark))
                        })), mark: mark)
        }
    }
}
