/// Collects the lines of a program and knows their numbers.
struct LineWriter {
    /// What is written so far.
    private(set) var text = ""
    /// The number, from one, of the line that comes next.
    private(set) var next = 1

    /// Adds lines.
    mutating func add(_ line: String) {
        text += line + "\n"
        next += 1 + line.utf8.count { $0 == 10 }
    }

    /// Adds a function; its body is not indented, because it may hold here-documents.
    mutating func addFunction(_ name: String, _ body: String) {
        add("\(name)() {")
        add(body.hasSuffix("\n") ? String(body.dropLast()) : body)
        add("}")
    }
}
