/// Reads a new channel up to where it takes up the journal of a program, or says that there is none.
struct Resumption {
    /// What it has come to.
    enum Verdict: Sendable {
        /// The journal follows.
        case resumed
        /// There is none.
        case gone
    }

    /// The shell that the new program said hello from.
    private(set) var hello: String?
    /// What came that is no event: banners, or why there is no program.
    private(set) var lines: [String] = []
    /// What it has come to; nil until then.
    private(set) var verdict: Verdict?

    private let token: String
    private var line: [UInt8] = []

    /// Makes one for a program's token.
    init(token: String) { self.token = token + " " }

    /// Takes bytes and gives those that belong to the journal.
    mutating func feed(_ bytes: [UInt8]) -> [UInt8] {
        for (index, byte) in bytes.enumerated() {
            guard byte == 10 else {
                line.append(byte)
                continue
            }
            endLine()
            if case .resumed = verdict { return Array(bytes[(index + 1)...]) }
        }
        return []
    }

    private mutating func endLine() {
        defer { line = [] }
        let text = String(decoding: line, as: UTF8.self)
        guard text.hasPrefix(token) else {
            if lines.count < 50, !text.isEmpty { lines.append(text) }
            return
        }
        let words = text.dropFirst(token.count)
        switch words {
        case "resume": verdict = .resumed
        case "gone": verdict = .gone
        default: if words.hasPrefix("hello ") { hello = String(words.dropFirst("hello ".count)) }
        }
    }
}
