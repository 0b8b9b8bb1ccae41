/// Builds nodes from the parser's events, within limits.
struct NodeBuilder: ~Copyable {
    /// What stops the reading, said already in human words.
    struct Refusal: Error {
        /// What is wrong and where.
        var diagnostic: Diagnostic
    }

    /// A value that aliases may name, with the number of values in it.
    private struct Anchored {
        var node: Node
        var count: Int
    }

    private let handle: ParserHandle
    private var strict: StrictReading
    /// What only a strict reader minds: said where libyaml has read all, as its own faults say more.
    private var minor: [Diagnostic] = []
    private let bytes: ArraySlice<UInt8>
    private let file: String
    private let limits: YAMLParser.Limits
    private let diagnostics: Diagnostics
    private var anchors: [String: Anchored] = [:]
    /// Names of anchors whose values are not complete yet.
    private var open: [String] = []
    private var count = 0

    /// Makes a builder of UTF-8 text without a byte order mark.
    init(
        _ bytes: ArraySlice<UInt8>, file: String, limits: YAMLParser.Limits, diagnostics: Diagnostics
    ) {
        handle = ParserHandle(bytes)
        strict = StrictReading(bytes)
        self.bytes = bytes
        self.file = file
        self.limits = limits
        self.diagnostics = diagnostics
    }

    /// Reads to the end, or to the first thing that cannot be read past; gives the complete documents.
    mutating func documents() -> [Node] {
        var complete: [Node] = []
        do throws(Refusal) {
            if let offset = StrictReading.foreignBreak(in: bytes) {
                let failure = ParserFailure(
                    problem: "control characters are not allowed", context: "",
                    place: ParserEvent.Place(line: 1, column: 1), badByte: offset)
                throw Refusal(diagnostic: failure.inHumanWords(file: file, bytes: bytes))
            }
            while true {
                let event = try next()
                switch event.kind {
                case .streamEnd:
                    diagnostics.add(contentsOf: minor)
                    return complete
                case .streamStart, .documentStart, .documentEnd: anchors = [:]
                default: complete.append(try node(event, depth: 0))
                }
            }
        } catch {
            diagnostics.add(contentsOf: [error.diagnostic])
            return complete
        }
    }

    private mutating func next() throws(Refusal) -> ParserEvent {
        let event: ParserEvent
        do throws(ParserFailure) {
            event = try handle.next()
        } catch {
            throw Refusal(diagnostic: error.inHumanWords(file: file, bytes: bytes))
        }
        for fault in strict.faults(of: event) {
            let mark = Mark(file: file, line: fault.place.line, column: fault.place.column)
            minor.append(Diagnostic(.error, at: mark, fault.message, cure: fault.cure))
        }
        return event
    }

    private func mark(_ event: ParserEvent) -> Mark {
        Mark(file: file, line: event.place.line, column: event.place.column)
    }

    private func refusal(_ message: String, at event: ParserEvent, cure: String? = nil) -> Refusal {
        Refusal(diagnostic: Diagnostic(.error, at: mark(event), message, cure: cure))
    }

    private mutating func node(_ event: ParserEvent, depth: Int) throws(Refusal) -> Node {
        if case .alias(let name) = event.kind { return try alias(name, event) }
        let before = count
        count += 1
        guard count <= limits.nodes else {
            throw refusal("the file has more than \(limits.nodes) values", at: event)
        }
        guard depth < limits.depth else {
            throw refusal("lists and mappings nest deeper than \(limits.depth) here", at: event)
        }
        if let tag = event.tag, !event.isVault {
            diagnostics.error(
                "the tag '\(tag)' is not understood here", at: mark(event),
                cure: "take it away; quotes make a text of anything")
        }
        if let anchor = event.anchor { open.append(anchor) }
        let content: Node.Content =
            switch event.kind {
            case .scalar(let scalar): .scalar(scalar)
            case .mappingStart: .mapping(try mapping(depth: depth + 1))
            default: .sequence(try sequence(depth: depth + 1))
            }
        let node = Node(content, mark: mark(event))
        if let anchor = event.anchor {
            open.removeLast()
            anchors[anchor] = Anchored(node: node, count: count - before)
        }
        return node
    }

    private mutating func sequence(depth: Int) throws(Refusal) -> [Node] {
        var items: [Node] = []
        while true {
            let event = try next()
            if case .sequenceEnd = event.kind { return items }
            items.append(try node(event, depth: depth))
        }
    }

    private mutating func mapping(depth: Int) throws(Refusal) -> Mapping {
        var mapping = Mapping()
        var index = KeyIndex()
        while true {
            let event = try next()
            if case .mappingEnd = event.kind { return mapping }
            let key = try key(event, depth: depth)
            let value = try node(try next(), depth: depth)
            guard let key else { continue }
            let keyMark = mark(event)
            if let first = index.place(of: key, in: mapping) {
                let place = mapping.entries[first].keyMark.map { ", first at \($0)" } ?? ""
                diagnostics.error(
                    "the key '\(key)' stands twice in one mapping\(place)", at: keyMark,
                    cure: "keep one of them")
            } else {
                mapping.entries.append(Mapping.Entry(key: key, keyMark: keyMark, value: value))
            }
        }
    }

    /// The text of a key, or nil after an error that leaves the rest readable.
    private mutating func key(_ event: ParserEvent, depth: Int) throws(Refusal) -> String? {
        let key = try node(event, depth: depth)
        guard case .scalar(let scalar) = key.content else {
            diagnostics.error(
                "a list or a mapping cannot be a key", at: mark(event),
                cure: "quote the key if a text such as '{{ x }}' is meant")
            return nil
        }
        if scalar.style == .plain && scalar.text == "<<" {
            diagnostics.error(
                "merge keys ('<<') are not part of YAML 1.2 and not understood here", at: mark(event),
                cure: "repeat the keys that are meant")
            return nil
        }
        if scalar.style == .plain && scalar.text.isEmpty {
            diagnostics.error("there is no key before this ':'", at: mark(event), cure: "write one")
            return nil
        }
        return scalar.text
    }

    private mutating func alias(_ name: String, _ event: ParserEvent) throws(Refusal) -> Node {
        // The innermost open anchor hides complete ones of the same name, as YAML says.
        guard !open.contains(name) else {
            throw refusal("'*\(name)' stands inside the value that it names", at: event)
        }
        guard let anchored = anchors[name] else {
            diagnostics.error(
                "'*\(name)' names a value that no '&\(name)' before it marks", at: mark(event),
                cure: "quote it if the text '*\(name)' is meant")
            return Node(.scalar(Scalar("null", style: .plain)), mark: mark(event))
        }
        count += anchored.count
        guard count <= limits.nodes else {
            throw refusal(
                "aliases up to '*\(name)' make more than \(limits.nodes) values of this file", at: event,
                cure: "write the values out, or fewer of them")
        }
        var node = anchored.node
        node.mark = mark(event)
        return node
    }
}

/// Finds keys of a mapping that is being read: by looking through a small one, by a table in a large one.
private struct KeyIndex {
    private static let small = 12
    private var table: [String: Int] = [:]

    /// The index of an entry with this key, or nil.
    mutating func place(of key: String, in mapping: Mapping) -> Int? {
        let entries = mapping.entries
        guard entries.count > Self.small else { return entries.firstIndex { $0.key == key } }
        for index in table.count..<entries.count { table[entries[index].key] = index }
        return table[key]
    }
}
