/// Takes a program's output apart into events and the lines between them, however the bytes are cut.
///
/// An event is a line that begins with the token. The program writes a newline before it, because output may
/// end without one; where output did end with one, that leaves an empty line, which the decoder drops.
struct EventDecoder {
    /// What comes out.
    enum Item: Sendable, Hashable {
        /// A line that belongs to no event.
        case line(String)
        /// An event's words.
        case event([String])
        /// An event's words with the text that came with it.
        case text([String], String)
    }

    /// Lines longer than this many bytes are cut.
    static let longestLine = 65_536

    /// How many bytes have come since the line of `hello` ended; nil before that.
    private(set) var position: Int?

    private let token: [UInt8]
    private var line: [UInt8] = []
    private var isCut = false
    private var hasEmptyLine = false
    private var capture: (words: [String], lines: [String])?

    /// Makes a decoder for one stream.
    ///
    /// - Parameters:
    ///   - token: the program's random word.
    ///   - position: where the stream begins, when its `hello` came another way.
    init(token: String, position: Int? = nil) {
        self.token = Array((token + " ").utf8)
        self.position = position
    }

    /// Takes bytes and gives what they complete.
    mutating func feed(_ bytes: [UInt8]) -> [Item] {
        var items: [Item] = []
        for byte in bytes {
            position? += 1
            if byte == 10 {
                endLine(&items)
            } else if capture != nil || line.count < Self.longestLine {
                line.append(byte)
            } else {
                isCut = true
            }
        }
        return items
    }

    /// Gives what is left when the stream has ended.
    mutating func finish() -> [Item] {
        var items: [Item] = []
        if !line.isEmpty { endLine(&items) }
        if hasEmptyLine { items.append(.line("")) }
        hasEmptyLine = false
        return items
    }

    private mutating func endLine(_ items: inout [Item]) {
        defer {
            line.removeAll(keepingCapacity: true)
            isCut = false
        }
        if line.starts(with: token) {
            hasEmptyLine = false
            let text = String(decoding: line.dropFirst(token.count), as: UTF8.self)
            if position == nil, text.hasPrefix("hello ") { position = 0 }
            endEvent(text.split(separator: " ").map(String.init), &items)
            return
        }
        if hasEmptyLine { add("", &items) }
        hasEmptyLine = line.isEmpty
        if !line.isEmpty { add(String(decoding: line, as: UTF8.self) + (isCut ? " …" : ""), &items) }
    }

    private mutating func add(_ text: String, _ items: inout [Item]) {
        if capture == nil { items.append(.line(text)) } else { capture?.lines.append(text) }
    }

    private mutating func endEvent(_ words: [String], _ items: inout [Item]) {
        if let ended = capture {
            capture = nil
            items.append(.text(ended.words, ended.lines.joined(separator: "\n")))
            if words.first?.hasPrefix("end-") == true { return }
        }
        switch words.first {
        case "value", "diff", "brings": capture = (words, [])
        default: items.append(.event(words))
        }
    }
}
