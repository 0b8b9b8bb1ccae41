extension ParserFailure {
    /// The failure as a person would say it.
    func inHumanWords(file: String, bytes: ArraySlice<UInt8>) -> Diagnostic {
        if let badByte { return badText(at: badByte, file: file, bytes: bytes) }
        var place = place
        let (message, cure): (String, String?)
        switch problem {
        case "found character that cannot start any token":
            (message, cure) = badStart(scalar(at: place, in: bytes))
        case let tab where tab.contains("tab character"):
            (message, cure) = Self.tab
        case "could not find expected ':'":
            place = contextPlace ?? place
            (message, cure) = ("this line has no ':' after its key", "write 'key: value'")
        case "mapping values are not allowed in this context":
            (message, cure) = (
                "a ':' cannot stand here: the line has a key already, or the line above ends in a value",
                "quote a value that has ': ' in it, or mend the indentation"
            )
        case "block sequence entries are not allowed in this context":
            (message, cure) = ("a list item cannot start here", "put '- ' at the start of a line of its own")
        case "mapping keys are not allowed in this context":
            (message, cure) = ("a key cannot start here", "put it on a line of its own")
        case "did not find expected key":
            (message, cure) = (
                "this does not line up with the keys of the mapping\(since)",
                "indent it like them, or close the quote or bracket before it"
            )
        case "did not find expected '-' indicator":
            (message, cure) = (
                "this does not line up with the items of the list\(since)", "indent it like them, with '- '"
            )
        case "did not find expected ',' or ']'":
            (message, cure) = (
                "a ',' or the closing ']' is missing here, for the '['\(since)",
                "write the one that is missing"
            )
        case "did not find expected ',' or '}'":
            (message, cure) = (
                "a ',' or the closing '}' is missing here, for the '{'\(since)",
                "write the one that is missing"
            )
        case "did not find expected node content":
            (message, cure) = ("a value is missing here", "write one, or quote it")
        case "found unexpected end of stream", "found unexpected document indicator":
            place = contextPlace ?? place
            (message, cure) = ("the quote that opens here is never closed", "close it")
        case "did not find expected hexdecimal number", "found unknown escape character":
            // Digits are looked for after the backslash and its letter.
            if problem.hasPrefix("did") { place.column -= 2 }
            (message, cure) = (
                "a backslash in double quotes starts an escape, and this is none",
                "write '\\\\' for a backslash, or use single quotes"
            )
        case "found invalid Unicode character escape code":
            place.column -= 2
            (message, cure) = ("this escape is no character by itself", "write the character itself")
        case "did not find expected <document start>":
            (message, cure) = (
                "the document has ended before this line",
                "indent it like the lines above, or start with '---'"
            )
        case "found unknown directive name", "could not find expected directive name",
            "did not find expected comment or line break"
        where context == "while scanning a directive":
            place = contextPlace ?? place
            (message, cure) = (
                "a line that starts with '%' is a directive, and this one is not known",
                "take it away, or indent it if it belongs to the text above"
            )
        case "found unexpected ':'":
            (message, cure) = (
                "a ':' stands inside of a value here", "quote the value, or put a space after the ':'"
            )
        case "found incompatible YAML document":
            (message, cure) = ("this version of YAML is not known", "take the '%YAML' line away")
        case "found undefined tag handle":
            (message, cure) = ("tags are not understood here", "take it away; quotes make a text of anything")
        case "did not find expected alphabetic or numeric character":
            (message, cure) = (
                "a name of letters and digits is missing after '&' or '*'",
                "quote the value if a text is meant"
            )
        default:
            (message, cure) = (context.isEmpty ? problem : "\(problem) \(context)", nil)
        }
        let mark = Mark(file: file, line: place.line, column: place.column)
        return Diagnostic(.error, at: mark, message, cure: cure)
    }

    private static let tab = ("a tab stands where YAML wants spaces", "indent with spaces")

    /// Where that which is not complete began.
    private var since: String {
        contextPlace.map { " that starts at line \($0.line), column \($0.column)" } ?? ""
    }

    private func badStart(_ scalar: Unicode.Scalar?) -> (String, String?) {
        guard let scalar, scalar != "\t" else { return Self.tab }
        return ("a value cannot start with '\(scalar)'", "quote the value")
    }

    private func badText(at offset: Int, file: String, bytes: ArraySlice<UInt8>) -> Diagnostic {
        let before = bytes.prefix(offset)
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.startIndex
        let mark = Mark(
            file: file, line: before.count { $0 == UInt8(ascii: "\n") } + 1,
            column: String(decoding: before[lineStart...], as: UTF8.self).unicodeScalars.count + 1)
        if problem.contains("control characters") {
            let scalar = String(decoding: bytes.dropFirst(offset).prefix(4), as: UTF8.self).unicodeScalars
                .first
            let hex = String(scalar?.value ?? 0, radix: 16, uppercase: true)
            return Diagnostic(
                .error, at: mark, "the invisible character U+\(hex) may not stand in YAML",
                cure: "take it away, or write it as an escape in double quotes")
        }
        let utf16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        return Diagnostic(
            .error, at: mark, utf16 ? "the file is UTF-16" : "this is not UTF-8 text",
            cure: "save it as UTF-8")
    }

    private func scalar(at place: ParserEvent.Place, in bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard place.line <= lines.count else { return nil }
        let scalars = String(decoding: lines[place.line - 1], as: UTF8.self).unicodeScalars
        return scalars.dropFirst(place.column - 1).first
    }
}
