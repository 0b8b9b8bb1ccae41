import Playbook

/// Tells the outputs of kubectl from the marks around them, while they come in.
struct StreamReader {
    private enum Place { case before, inside, after }

    private let first: [UInt8]
    private let last: [UInt8]
    private var place = Place.before
    private var held: [UInt8] = []
    private var heldErrors: [UInt8] = []
    /// The exit code; nil until the end has come.
    private(set) var code: Int32?

    /// Makes a reader for marks with a word that no output contains by chance.
    init(token: String) {
        first = Array("\n\(token)\n".utf8)
        last = Array("\(token) ".utf8)
    }

    /// What came and was not told: what a login said before the program began.
    var unread: [UInt8] { heldErrors + held }

    /// Takes a piece and gives what of kubectl's outputs it completes.
    mutating func take(_ piece: OutputPiece) -> [OutputPiece] {
        if piece.stream == .error {
            guard place == .before else { return [piece] }
            heldErrors += piece.bytes
            return []
        }
        held += piece.bytes
        var pieces: [OutputPiece] = []
        if place == .before, let mark = Self.find(first, in: held) {
            held.removeFirst(mark + first.count)
            place = .inside
            if !heldErrors.isEmpty { pieces.append(OutputPiece(.error, heldErrors)) }
            heldErrors = []
        }
        if place == .inside {
            let mark = Self.find(last, in: held)
            let count = mark ?? held.count - Self.beginning(of: last, endsIn: held)
            if count > 0 { pieces.append(OutputPiece(.output, Array(held[..<count]))) }
            held.removeFirst(count + (mark == nil ? 0 : last.count))
            if mark != nil { place = .after }
        }
        if place == .after {
            if code == nil, let end = held.firstIndex(of: UInt8(ascii: "\n")) {
                code = Int32(String(decoding: held[..<end], as: UTF8.self))
                held.removeFirst(end + 1)
            }
            if code != nil, !held.isEmpty {
                pieces.append(OutputPiece(.error, held))
                held = []
            }
        }
        return pieces
    }

    private static func find(_ mark: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= mark.count else { return nil }
        return (0...bytes.count - mark.count).first { start in
            bytes[start] == mark[0] && bytes[start...].starts(with: mark)
        }
    }

    /// How many bytes at the end may be the beginning of a mark.
    private static func beginning(of mark: [UInt8], endsIn bytes: [UInt8]) -> Int {
        (0..<min(mark.count, bytes.count + 1)).last { bytes.suffix($0).elementsEqual(mark.prefix($0)) } ?? 0
    }
}
