import YAML

/// Where in an inventory's text another host goes, and how the hosts before it are written.
struct HostPlace {
    /// Whether the last host is written as `{ … }`.
    let isFlow: Bool
    /// What stands before its content: spaces, a dash, spaces.
    private let lead: [UInt8]
    private let lineEnd: [UInt8]
    /// The offset of the first byte after its last line.
    private let offset: Int
    /// Whether that line ends with a line end.
    private let isClosed: Bool

    private static let space = UInt8(ascii: " "), newline = UInt8(ascii: "\n")

    /// Finds the end of the last host, whose content begins at a mark; nil where it does not begin in the line of its
    /// dash, or the dash does not begin that line.
    init?(_ mark: Mark, in bytes: [UInt8]) {
        let lines = bytes.split(separator: Self.newline, omittingEmptySubsequences: false)
        guard lines.indices.contains(mark.line - 1) else { return nil }
        let line = lines[mark.line - 1]
        let lead = line.prefix(mark.column - 1)
        let indent = lead.prefix { $0 == Self.space }.count
        guard lead.dropFirst(indent).first == UInt8(ascii: "-"), lead.count > indent + 1,
            lead.dropFirst(indent + 1).allSatisfy({ $0 == Self.space })
        else { return nil }
        var end = mark.line - 1
        for index in lines.indices.dropFirst(mark.line) {
            let text = lines[index].drop { $0 == Self.space }
            // Empty lines, and comments further to the left, belong to what comes after.
            guard let first = text.first, first != UInt8(ascii: "\r") else { continue }
            if lines[index].count - text.count > indent {
                end = index
            } else if first != UInt8(ascii: "#") {
                break
            }
        }
        self.lead = Array(lead)
        isFlow = line.dropFirst(lead.count).first == UInt8(ascii: "{")
        lineEnd = line.last == UInt8(ascii: "\r") ? [UInt8(ascii: "\r"), Self.newline] : [Self.newline]
        isClosed = end < lines.count - 1
        offset = isClosed ? lines[end].endIndex + 1 : bytes.count
    }

    /// The text with an item's lines put there, of which the first begins with a dash and a space.
    func inserting(_ text: [String], into bytes: [UInt8]) -> [UInt8] {
        var added: [UInt8] = []
        for (index, line) in text.enumerated() {
            let head = index == 0 ? lead : [UInt8](repeating: Self.space, count: lead.count)
            added += (isClosed ? [] : lineEnd) + head + line.utf8.dropFirst(2) + (isClosed ? lineEnd : [])
        }
        return bytes[..<offset] + added + bytes[offset...]
    }
}
