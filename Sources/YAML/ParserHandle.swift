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
        // The last line's end may be missing; a block text that is cut off there means the same as with it.
        let isEnded = bytes.last == UInt8(ascii: "\n")
        input = .allocate(capacity: bytes.count + (isEnded ? 0 : 1))
        _ = input.initialize(from: bytes)
        if !isEnded { input.initializeElement(at: bytes.count, to: UInt8(ascii: "\n")) }
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
        var step = ParserEvent(
            kind: .streamEnd, place: ParserEvent.Place(event.start_mark),
            extent: Int(event.start_mark.index)..<Int(max(event.start_mark.index, event.end_mark.index)),
            endLine: Int(event.end_mark.line) + 1)
        switch event.type {
        case YAML_STREAM_START_EVENT: step.kind = .streamStart
        case YAML_DOCUMENT_START_EVENT:
            let start = event.data.document_start
            step.kind = .documentStart
            step.hasDirectives =
                start.version_directive != nil || start.tag_directives.start != start.tag_directives.end
        case YAML_DOCUMENT_END_EVENT: step.kind = .documentEnd
        case YAML_SEQUENCE_END_EVENT: step.kind = .sequenceEnd
        case YAML_MAPPING_END_EVENT: step.kind = .mappingEnd
        case YAML_ALIAS_EVENT: step.kind = .alias(text(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            step.kind = .scalar(Scalar(scalar))
            (step.anchor, step.tag) = (text(scalar.anchor), text(scalar.tag))
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            step.kind = .sequenceStart
            step.isBlock = start.style == YAML_BLOCK_SEQUENCE_STYLE
            (step.anchor, step.tag) = (text(start.anchor), text(start.tag))
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            step.kind = .mappingStart
            step.isBlock = start.style == YAML_BLOCK_MAPPING_STYLE
            step.isPair = !step.isBlock
            (step.anchor, step.tag) = (text(start.anchor), text(start.tag))
        default: break  // The end of the stream; after it libyaml answers "no event" for ever.
        }
        return step
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
