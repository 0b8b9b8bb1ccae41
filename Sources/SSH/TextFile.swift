internal import Glibc

/// Reading of small text files.
enum TextFile {
    /// The whole text, with what is not UTF-8 replaced and lines that end in CR LF ending in LF; nil where the file
    /// cannot be read.
    static func read(_ path: String) -> String? {
        bytes(path).map { String(decoding: withoutCarriageReturns($0), as: UTF8.self) }
    }

    /// All bytes; nil where the file cannot be read.
    static func bytes(_ path: String) -> [UInt8]? {
        let number = open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { return nil }
        let descriptor = Descriptor(number)
        var text: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16 * 1024)
        while true {
            let count = Glibc.read(descriptor.raw, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            guard count > 0 else { return text }
            text += piece[..<count]
        }
    }

    /// To Swift CR LF is one character, which no search for a line feed finds.
    private static func withoutCarriageReturns(_ text: [UInt8]) -> [UInt8] {
        var kept: [UInt8] = []
        kept.reserveCapacity(text.count)
        for byte in text {
            if byte == UInt8(ascii: "\n") { while kept.last == UInt8(ascii: "\r") { kept.removeLast() } }
            kept.append(byte)
        }
        return kept
    }

    /// Whether there is a file that can be read.
    static func exists(_ path: String) -> Bool { access(path, R_OK) == 0 }
}
