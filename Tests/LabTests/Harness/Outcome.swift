import Testing

/// How a run ended, and what it said.
struct Outcome: Sendable, CustomStringConvertible {
    /// The name of its log files.
    let name: String
    /// What was run.
    let arguments: [String]
    /// Exit code; 128 and the signal's number when a signal ended it.
    let code: Int32
    /// Standard output.
    let output: String
    /// Standard error.
    let messages: String
    /// How long it took.
    let time: Duration

    /// What a failed expectation shows: the command, its exit code and the last lines of both streams.
    var description: String {
        """
        `\(arguments.joined(separator: " "))` ended with \(code) after \(time.components.seconds) s
        output: \(Self.tail(output))
        messages: \(Self.tail(messages))
        """
    }

    /// Both streams, for searching.
    var everything: String { output + messages }

    /// Fails the test unless the run ended with this code; its whole log is then attached.
    func expect(code wanted: Int32, sourceLocation: SourceLocation = #_sourceLocation) {
        guard code != wanted else { return }
        attach()
        Issue.record("expected exit code \(wanted): \(self)", sourceLocation: sourceLocation)
    }

    /// Ends the test unless the run ended with this code.
    func require(code wanted: Int32, sourceLocation: SourceLocation = #_sourceLocation) throws {
        expect(code: wanted, sourceLocation: sourceLocation)
        if code != wanted { throw Ended() }
    }

    /// Fails the test unless one line of either stream holds all of the words, in any case.
    func expect(line words: String..., sourceLocation: SourceLocation = #_sourceLocation) {
        let found = everything.split(separator: "\n").contains { line in
            let text = line.lowercased()
            return words.allSatisfy { text.contains($0.lowercased()) }
        }
        guard !found else { return }
        attach()
        Issue.record("no line says \(words): \(self)", sourceLocation: sourceLocation)
    }

    /// Attaches both streams to the test.
    func attach() {
        Attachment.record(output, named: name + ".out")
        Attachment.record(messages, named: name + ".err")
    }

    /// Thrown after a failure was recorded, so that nothing runs on a state that is not there.
    struct Ended: Error, CustomStringConvertible {
        var description: String { "what this test stands on failed" }
    }

    private static func tail(_ text: String, lines: Int = 25) -> String {
        let all = text.split(separator: "\n", omittingEmptySubsequences: false)
        return (all.count > lines ? "…\n" : "") + all.suffix(lines).joined(separator: "\n")
    }
}
