extension MappingReader {
    /// A text.
    ///
    /// What is not quoted and reads as something else (`5`, `true`, `no`, `1.30`) is an error: "quote it".
    package mutating func string(_ key: String) -> String? {
        value(key).flatMap { text($0, of: key) }
    }

    /// A text that must be there.
    package mutating func requiredString(_ key: String) -> String? {
        requiredValue(key).flatMap { text($0, of: key) }
    }

    /// A version: the text as it is written, quoted or not, so that a plain `1.30` is not 1.3.
    package mutating func versionString(_ key: String) -> String? {
        value(key).flatMap { version($0, of: key) }
    }

    /// A version that must be there.
    package mutating func requiredVersionString(_ key: String) -> String? {
        requiredValue(key).flatMap { version($0, of: key) }
    }

    /// A whole number, within a range if one is given.
    package mutating func int(_ key: String, in range: ClosedRange<Int>? = nil) -> Int? {
        value(key).flatMap { number($0, of: key, in: range) }
    }

    /// A whole number that must be there.
    package mutating func requiredInt(_ key: String, in range: ClosedRange<Int>? = nil) -> Int? {
        requiredValue(key).flatMap { number($0, of: key, in: range) }
    }

    /// True or false.
    package mutating func bool(_ key: String) -> Bool? {
        value(key).flatMap { truth($0, of: key) }
    }

    /// True or false that must be there.
    package mutating func requiredBool(_ key: String) -> Bool? {
        requiredValue(key).flatMap { truth($0, of: key) }
    }

    /// One of a few words.
    package mutating func choice(_ key: String, of choices: [String]) -> String? {
        value(key).flatMap { chosen($0, of: key, from: choices) }
    }

    /// One of a few words, which must be there.
    package mutating func requiredChoice(_ key: String, of choices: [String]) -> String? {
        requiredValue(key).flatMap { chosen($0, of: key, from: choices) }
    }

    /// A node's text, or nil with an error; for items of lists and values of mappings, with a name for them.
    package func text(_ node: Node, of key: String) -> String? {
        guard case .scalar(let scalar) = node.content else {
            mismatch(key, wants: "a text", node)
            return nil
        }
        if refusesLegacy(scalar, of: key, at: node.mark) { return nil }
        guard case .string(let text) = scalar.resolved else {
            mismatch(key, wants: "a text", node, cure: "quote it: \"\(scalar.text)\"")
            return nil
        }
        return text
    }

    private func version(_ node: Node, of key: String) -> String? {
        guard case .scalar(let scalar) = node.content else {
            mismatch(key, wants: "a version", node)
            return nil
        }
        return scalar.text
    }

    private func number(_ node: Node, of key: String, in range: ClosedRange<Int>?) -> Int? {
        guard case .scalar(let scalar) = node.content else {
            mismatch(key, wants: "a whole number", node)
            return nil
        }
        if refusesLegacy(scalar, of: key, at: node.mark) { return nil }
        guard case .int(let number) = scalar.resolved else {
            let cure = Int(scalar.text).map { "write \($0) without quotes" }
            mismatch(key, wants: "a whole number", node, cure: cure)
            return nil
        }
        if let range, !range.contains(number) {
            diagnostics.error(
                "'\(key)' of \(what) must lie between \(range.lowerBound) and \(range.upperBound), not be \(number)",
                at: node.mark)
            return nil
        }
        return number
    }

    private func truth(_ node: Node, of key: String) -> Bool? {
        guard case .scalar(let scalar) = node.content else {
            mismatch(key, wants: "true or false", node)
            return nil
        }
        if refusesLegacy(scalar, of: key, at: node.mark) { return nil }
        guard case .bool(let truth) = scalar.resolved else {
            let word = scalar.text.lowercased()
            let quoted = word == "true" || word == "false"
            mismatch(key, wants: "true or false", node, cure: quoted ? "write \(word) without quotes" : nil)
            return nil
        }
        return truth
    }

    private func chosen(_ node: Node, of key: String, from choices: [String]) -> String? {
        guard let text = text(node, of: key) else { return nil }
        if choices.contains(text) { return text }
        diagnostics.error(
            "'\(key)' of \(what) cannot be '\(text)'", at: node.mark,
            cure: Suggestion.words(
                for: text, among: choices, otherwise: "write one of \(choices.joined(separator: ", "))"))
        return nil
    }

    private func refusesLegacy(_ scalar: Scalar, of key: String, at mark: Mark?) -> Bool {
        guard let legacy = scalar.legacy else { return false }
        diagnostics.error(
            "'\(key)' of \(what) is \(scalar.text) without quotes, which YAML parsers read in different ways",
            at: mark, cure: legacy.cure(for: scalar.text))
        return true
    }
}
