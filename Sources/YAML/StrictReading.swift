/// Finds what libyaml, which is a parser of YAML 1.1, takes and YAML 1.2 does not, or reads otherwise.
///
/// It looks at the text of each step and at the text between two steps: there libyaml has taken comments without
/// white space before them, lines of `[…]`, `{…}` and quotes that are indented too little, and a few more.
struct StrictReading {
    /// What is wrong, and where in the text.
    struct Fault {
        /// Where it is wrong.
        var place: ParserEvent.Place
        /// What is wrong.
        var message: String
        /// What would be right.
        var cure: String
    }

    private var text: CharacterCursor
    /// The columns of the block lists and mappings that are open, from one; `[` and `{` have none of their own.
    private var columns: [Int] = []
    /// How many `[` and `{` are open.
    private var flows = 0
    /// Which of the open lists and mappings are in block style.
    private var blocks: [Bool] = []
    /// Where the step before ended, in characters.
    private var end = 0
    /// Whether the document before ended without `...`.
    private var wantsEnd = false

    /// Starts at the beginning of a text.
    init(_ bytes: ArraySlice<UInt8>) { text = CharacterCursor(bytes) }

    /// Where U+0085, U+2028 or U+2029 stands, which are line breaks in YAML 1.1 and characters like others in 1.2: the
    /// offset of the first; nil where there is none.
    static func foreignBreak(in bytes: ArraySlice<UInt8>) -> Int? {
        for index in bytes.indices where bytes[index] == 0xC2 || bytes[index] == 0xE2 {
            let rest = bytes[index...].prefix(3)
            if rest.starts(with: [0xC2, 0x85]) || rest.starts(with: [0xE2, 0x80, 0xA8])
                || rest.starts(with: [0xE2, 0x80, 0xA9])
            {
                return index - bytes.startIndex
            }
        }
        return nil
    }

    /// How many spaces the lines inside of the innermost block value start with, at least.
    private var indentation: Int { columns.last ?? 0 }

    /// Looks at a step, and at the text since the step before.
    mutating func faults(of event: ParserEvent) -> [Fault] {
        var faults: [Fault] = []
        gap(to: event.extent.lowerBound, &faults)
        switch event.kind {
        case .documentStart:
            // The extent of `%YAML 1.2 # …` and `---` is the step's.
            if event.hasDirectives, wantsEnd {
                fault(
                    event.place, "'...' is missing before this '%'", "end the document above with '...'",
                    &faults)
            }
            gap(to: event.extent.upperBound, &faults)
        case .documentEnd: wantsEnd = event.extent.isEmpty
        case .sequenceStart, .mappingStart: start(event, &faults)
        case .sequenceEnd, .mappingEnd:
            if blocks.popLast() == true { columns.removeLast() } else { flows -= 1 }
        case .scalar(let scalar): self.scalar(scalar, event, &faults)
        case .alias(let name): checkName(name, event, &faults)
        case .streamStart, .streamEnd: break
        }
        end = max(end, event.extent.upperBound)
        return faults
    }

    private mutating func start(_ event: ParserEvent, _ faults: inout [Fault]) {
        if let anchor = event.anchor { checkName(anchor, event, &faults) }
        checkQuestion(event, &faults)
        blocks.append(event.isBlock)
        if event.isBlock { columns.append(event.place.column) } else { flows += 1 }
    }

    private mutating func scalar(_ scalar: Scalar, _ event: ParserEvent, _ faults: inout [Fault]) {
        if let anchor = event.anchor { checkName(anchor, event, &faults) }
        checkQuestion(event, &faults)
        if flows > 0, scalar.style == .plain, scalar.text == "-" {
            fault(event.place, "'-' cannot be a value inside of '[' or '{'", "quote it", &faults)
        }
        switch scalar.style {
        case .literal, .folded: block(event, &faults)
        default: lines(event, &faults)
        }
    }

    // MARK: What is wrong

    private func fault(
        _ place: ParserEvent.Place, _ message: String, _ cure: String, _ faults: inout [Fault]
    ) {
        faults.append(Fault(place: place, message: message, cure: cure))
    }

    /// Names of anchors may have any character but white space and brackets; libyaml ends them at the first that is
    /// no letter, digit, `_` or `-`.
    private mutating func checkName(_ name: String, _ event: ParserEvent, _ faults: inout [Fault]) {
        text.move(to: event.extent.lowerBound)
        guard text.byte == UInt8(ascii: "&") || text.byte == UInt8(ascii: "*") else { return }
        let next = text.byte(ahead: name.utf8.count + 1) ?? UInt8(ascii: " ")
        guard !" \t\r\n,[]{}".utf8.contains(next) else { return }
        fault(
            event.place, "a name after '&' or '*' has letters, digits, '-' and '_' only",
            "name it otherwise, or put a space before the ':'", &faults)
    }

    /// `{?a: 1}` has the key `?a`, where libyaml sees a `?` and a key `a`.
    private mutating func checkQuestion(_ event: ParserEvent, _ faults: inout [Fault]) {
        text.move(to: event.extent.lowerBound)
        let isPair = event.isPair && text.byte == UInt8(ascii: "?")
        guard flows > 0, isPair || text.byte(ahead: -1) == UInt8(ascii: "?") else { return }
        let next = text.byte(ahead: isPair ? 1 : 0) ?? UInt8(ascii: " ")
        guard !" \t\r\n,[]{}".utf8.contains(next) || !isPair else { return }
        fault(event.place, "a '?' has no space after it here", "quote the text if it is one", &faults)
    }

    /// The lines of a quoted or plain text but the first.
    private mutating func lines(_ event: ParserEvent, _ faults: inout [Fault]) {
        guard event.place.line != event.endLine, indentation > 0 else { return }
        text.move(to: event.extent.lowerBound)
        var line = event.place.line
        while text.index < event.extent.upperBound, let byte = text.byte {
            let isBreak = byte == UInt8(ascii: "\n")
            text.advance()
            guard isBreak else { continue }
            line += 1
            let spaces = text.spaces
            let next = text.byte(ahead: spaces)
            guard spaces < indentation, next != UInt8(ascii: "\n"), next != UInt8(ascii: "\r") else {
                continue
            }
            // A tab may stand alone on a line.
            if next == UInt8(ascii: "\t"), text.isBlankLine { continue }
            return fault(
                ParserEvent.Place(line: line, column: spaces + 1),
                "this line of a text that starts at line \(event.place.line) is indented too little",
                "indent it with spaces, deeper than its key", &faults)
        }
    }

    /// `>#` and `|` whose first lines have more spaces than the text.
    private mutating func block(_ event: ParserEvent, _ faults: inout [Fault]) {
        text.move(to: event.extent.lowerBound)
        while let byte = text.byte, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ">") { text.advance() }
        text.advance()
        var saysIndentation = false
        while let byte = text.byte, "+-0123456789".utf8.contains(byte) {
            if byte >= UInt8(ascii: "0") { saysIndentation = true }
            text.advance()
        }
        if text.byte == UInt8(ascii: "#") { comment(&faults) }
        text.skipLine()
        guard !saysIndentation else { return }
        var longest = 0
        var line = event.place.line
        while text.byte != nil {
            line += 1
            let spaces = text.spaces
            guard text.isBlankLine else {
                guard spaces < longest, spaces >= indentation, spaces > 0 else { return }
                return fault(
                    ParserEvent.Place(line: line, column: spaces + 1),
                    "an empty line above has more spaces than this one, where the text begins",
                    "take away the spaces of the empty line", &faults)
            }
            longest = max(longest, spaces)
            text.skipLine()
        }
    }

    /// White space, comments and indicators between two steps.
    private mutating func gap(to upper: Int, _ faults: inout [Fault]) {
        guard end < upper else { return }
        text.move(to: end)
        while text.index < upper, let byte = text.byte {
            switch byte {
            case UInt8(ascii: "#"):
                if let before = text.byte(ahead: -1), !" \t\r\n".utf8.contains(before) { comment(&faults) }
                while text.index < upper, let byte = text.byte, byte != UInt8(ascii: "\n") { text.advance() }
            case UInt8(ascii: "\n"):
                text.advance()
                if flows > 0 { flowLine(&faults) }
            default: text.advance()
            }
        }
        end = upper
    }

    private func comment(_ faults: inout [Fault]) {
        fault(text.place, "a '#' that starts a comment wants a space before it", "write one", &faults)
    }

    /// The start of a line inside of brackets.
    ///
    /// A closing bracket may stand where the line began that opened it, as many write it: that can be read in one
    /// way alone.
    private func flowLine(_ faults: inout [Fault]) {
        let spaces = text.spaces
        guard spaces < indentation, !text.isBlankLine, let next = text.byte(ahead: spaces),
            !"#]}".utf8.contains(next)
        else { return }
        let place = ParserEvent.Place(line: text.place.line, column: spaces + 1)
        fault(
            place, "this line inside of '[' or '{' is indented too little",
            "indent it with spaces, deeper than the key before the bracket", &faults)
    }
}
