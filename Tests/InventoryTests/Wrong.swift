import Testing

/// An inventory that is wrong, and what is said of it.
struct Wrong: Sendable, CustomTestStringConvertible {
    var text: String
    var problems: [String]
    var testDescription: String { text }

    init(_ text: String, _ problems: String...) {
        self.text = text
        self.problems = problems
    }
}
