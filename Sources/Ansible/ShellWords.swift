/// Words of a line as Python's shlex parts them: white space, quotes, backslashes, and '#' for a comment, which may
/// begin in the middle of a word.
enum ShellWords {
    /// The words.
    ///
    /// - Throws: `GroupTree.Fault` where a quote is not closed, or nothing follows a backslash.
    static func split(_ line: String) throws(GroupTree.Fault) -> [String] {
        var words: [String] = []
        var word: String?
        var rest = line[...]
        while let character = rest.popFirst() {
            switch character {
            case "#":
                if let word { words.append(word) }
                return words
            case "'", "\"": word = (word ?? "") + (try quoted(by: character, &rest))
            case "\\":
                guard let next = rest.popFirst() else {
                    throw GroupTree.Fault(message: "nothing follows the last '\\'")
                }
                word = (word ?? "") + String(next)
            case _ where character.isWhitespace:
                if let done = word { words.append(done) }
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        if let word { words.append(word) }
        return words
    }

    private static func quoted(by quote: Character, _ rest: inout Substring) throws(GroupTree.Fault) -> String
    {
        var text = ""
        while let character = rest.popFirst() {
            if character == quote { return text }
            if character == "\\", quote == "\"", let next = rest.first, next == quote || next == "\\" {
                rest.removeFirst()
                text.append(next)
            } else {
                text.append(character)
            }
        }
        throw GroupTree.Fault(message: "a quote (\(quote)) is not closed")
    }
}
