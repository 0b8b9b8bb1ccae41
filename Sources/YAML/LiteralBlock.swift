/// A text of several lines as YAML's literal block.
struct LiteralBlock {
    /// `|`, with what says how it is indented and how it ends.
    let header: String
    /// The lines, not indented yet.
    let lines: [String]

    /// Nil for texts of one line, with characters that need escapes, or with lines of white space alone,
    /// which editors take away.
    init?(_ text: String) {
        let scalars = text.unicodeScalars
        guard scalars.contains("\n"), scalars.contains(where: { $0 != "\n" }),
            scalars.allSatisfy({ $0 == "\n" || $0 == "\t" || Quoting.isPrintable($0) })
        else { return nil }
        var lines = scalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let blank = lines.contains { line in
            !line.isEmpty && line.unicodeScalars.allSatisfy { $0 == " " || $0 == "\t" }
        }
        if blank { return nil }
        let start = lines.first?.unicodeScalars.first
        // The indentation must be said where the first line does not show it.
        let indentation = start == nil || start == " " || start == "\t" ? "2" : ""
        let end: String
        if scalars.last == "\n" {
            lines.removeLast()
            end = lines.last == "" ? "+" : ""
        } else {
            end = "-"
        }
        header = "|" + indentation + end
        self.lines = lines
    }
}
