/// Walks through UTF-8 text by characters, as libyaml counts them, and knows the bytes there.
struct CharacterCursor {
    private let bytes: ArraySlice<UInt8>
    /// The byte where the character begins.
    private var offset: Int
    /// How many characters there are before.
    private(set) var index = 0
    /// How many of these are line feeds.
    private var lines = 0
    /// The byte where the line begins.
    private var lineStart: Int

    /// Starts at the beginning.
    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        offset = bytes.startIndex
        lineStart = bytes.startIndex
    }

    /// The byte here; nil at the end.
    var byte: UInt8? { byte(ahead: 0) }

    /// A byte further on, or before; nil where there is none.
    func byte(ahead distance: Int) -> UInt8? {
        let place = offset + distance
        return bytes.indices.contains(place) ? bytes[place] : nil
    }

    /// Line and column.
    var place: ParserEvent.Place {
        let before = String(decoding: bytes[lineStart..<offset], as: UTF8.self)
        return ParserEvent.Place(line: lines + 1, column: before.unicodeScalars.count + 1)
    }

    /// How many spaces there are from here on.
    var spaces: Int { bytes[offset...].prefix { $0 == UInt8(ascii: " ") }.count }

    /// Whether there is nothing but white space up to the end of the line.
    var isBlankLine: Bool {
        let rest = bytes[offset...].first { !" \t\r".utf8.contains($0) }
        return rest == nil || rest == UInt8(ascii: "\n")
    }

    /// Goes one character on.
    mutating func advance() {
        guard offset < bytes.endIndex else { return }
        let isBreak = bytes[offset] == UInt8(ascii: "\n")
        offset += 1
        while offset < bytes.endIndex, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
        index += 1
        if isBreak {
            lines += 1
            lineStart = offset
        }
    }

    /// Goes to the start of the next line.
    mutating func skipLine() {
        while let byte, byte != UInt8(ascii: "\n") { advance() }
        advance()
    }

    /// Goes to a character, forwards or backwards.
    mutating func move(to wanted: Int) {
        while index < wanted, offset < bytes.endIndex { advance() }
        while index > wanted, offset > bytes.startIndex {
            offset -= 1
            while offset > bytes.startIndex, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
            index -= 1
            if bytes[offset] == UInt8(ascii: "\n") {
                lines -= 1
                lineStart =
                    bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.startIndex
            }
        }
    }
}
