/// One step of a YAML stream, copied out of libyaml's event so that nothing of C leaves ParserHandle.
struct ParserEvent {
    /// What the step is.
    enum Kind {
        case streamStart, streamEnd, documentStart, documentEnd
        case sequenceStart, sequenceEnd, mappingStart, mappingEnd
        case scalar(Scalar)
        case alias(String)
    }

    /// What the step is.
    var kind: Kind
    /// Where it starts.
    var place: Place
    /// The name after `&`, if the value has one.
    var anchor: String?
    /// The resolved tag, if one is written.
    var tag: String?

    /// The characters of the text that it stands for, counted from the text's start.
    var extent: Range<Int>
    /// The line where it ends.
    var endLine: Int
    /// Whether a list or mapping is in block style, without brackets.
    var isBlock = false
    /// Whether a mapping may be the one of a single pair in a list, as in `[a: 1]`.
    var isPair = false
    /// Whether lines that start with `%` stand before a document.
    var hasDirectives = false
    /// Whether it is what `ansible-vault` encrypted, tagged as Ansible wants it.
    var isVault: Bool {
        guard tag == "!vault", case .scalar(let scalar) = kind else { return false }
        return scalar.text.hasPrefix("$ANSIBLE_VAULT;")
    }

    /// A line and a column, both from one, columns in Unicode scalars.
    struct Place: Equatable {
        /// Line, from one.
        var line: Int
        /// Column, from one.
        var column: Int
    }
}

/// What libyaml says when it cannot go on, in its own words.
struct ParserFailure: Error {
    /// What is wrong, such as "did not find expected key".
    var problem: String
    /// What libyaml was doing, such as "while parsing a block mapping".
    var context: String
    /// Where it is wrong.
    var place: ParserEvent.Place
    /// Where that which it was doing began, if it says so.
    var contextPlace: ParserEvent.Place?
    /// Set when the bytes are no text: the offset of the first bad one.
    var badByte: Int?
}
