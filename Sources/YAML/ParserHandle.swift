import CLibYAML

/// Owns a libyaml parser and the bytes that it reads.
///
/// libyaml keeps pointers into both, the parser even to itself, so both live on the heap until `deinit`.
struct ParserHandle: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>

    /// Prepares to read UTF-8 text (never UTF-16, which libyaml would guess from the first bytes).
    init(_ bytes: ArraySlice<UInt8>) {
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        input = .allocate(capacity: bytes.count)
        _ = input.initialize(from: bytes)
        // It fails only when there is no memory, where Swift itself stops as well.
        precondition(yaml_parser_initialize(parser) == 1, "no memory for a YAML parser")
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    /// The next step of the stream.
    func next() throws(ParserFailure) -> ParserEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure }
        defer { yaml_event_delete(&event) }
        let place = ParserEvent.Place(event.start_mark)
        switch event.type {
        case YAML_STREAM_START_EVENT: return ParserEvent(kind: .streamStart, place: place)
        case YAML_DOCUMENT_START_EVENT: return ParserEvent(kind: .documentStart, place: place)
        case YAML_DOCUMENT_END_EVENT: return ParserEvent(kind: .documentEnd, place: place)
        case YAML_SEQUENCE_END_EVENT: return ParserEvent(kind: .sequenceEnd, place: place)
        case YAML_MAPPING_END_EVENT: return ParserEvent(kind: .mappingEnd, place: place)
        case YAML_ALIAS_EVENT:
            return ParserEvent(kind: .alias(text(event.data.alias.anchor) ?? ""), place: place)
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            return ParserEvent(
                kind: .scalar(Scalar(scalar)), place: place, anchor: text(scalar.anchor),
                tag: text(scalar.tag))
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            return ParserEvent(
                kind: .sequenceStart, place: place, anchor: text(start.anchor), tag: text(start.tag))
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            return ParserEvent(
                kind: .mappingStart, place: place, anchor: text(start.anchor), tag: text(start.tag))
        default:  // The end of the stream; after it libyaml answers "no event" for ever.
            return ParserEvent(kind: .streamEnd, place: place)
        }
    }

    private var failure: ParserFailure {
        let raw = parser.pointee
        return ParserFailure(
            problem: raw.problem.map { String(cString: $0) } ?? "no memory",
            context: raw.context.map { String(cString: $0) } ?? "",
            place: ParserEvent.Place(raw.problem_mark),
            contextPlace: raw.context == nil ? nil : ParserEvent.Place(raw.context_mark),
            badByte: raw.error == YAML_READER_ERROR ? Int(raw.problem_offset) : nil)
    }
}

private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
}

extension ParserEvent.Place {
    /// A place from libyaml's mark, which counts from zero.
    fileprivate init(_ mark: yaml_mark_t) {
        self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }
}

extension Scalar {
    /// A scalar from libyaml's event; the length counts because NUL may stand in a quoted text.
    fileprivate init(_ scalar: yaml_event_t.__Unnamed_union_data.__Unnamed_struct_scalar) {
        let style: Style =
            switch scalar.style {
            case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
            case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
            case YAML_LITERAL_SCALAR_STYLE: .literal
            case YAML_FOLDED_SCALAR_STYLE: .folded
            default: .plain
            }
        let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        self.init(String(decoding: bytes, as: UTF8.self), style: style)
    }
}
