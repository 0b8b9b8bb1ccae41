/// Finds out why a program has not started, from what came instead of it.
///
/// sudo and the shells tell their reasons only in words; sudo runs with `LC_ALL=C`, so that the words are
/// known.
enum StartFailure {
    /// The error for what came.
    static func error(
        end: CommandEnd, output: [String], program: Program, playbook: Playbook, usesSudo: Bool
    ) -> PlaybookError {
        if usesSudo, let error = sudoError(output) { return error }
        if let line = output.first(where: { $0.lowercased().contains("syntax error") }) {
            let number = lineNumber(in: line)
            let index = number.flatMap(program.step(ofLine:))
            return .unreadable(step: index.map { playbook.steps[$0].name }, output: output)
        }
        return .notStarted(end, output: output)
    }

    /// What sudo's own words mean; nil where none of them is one of its refusals.
    static func sudoError(_ output: [String]) -> PlaybookError? {
        func line(with words: String...) -> String? {
            output.first { line in words.contains { line.contains($0) } }
        }
        if line(with: "'sudo': No such file", "sudo: not found") != nil { return .sudoMissing }
        // A sudoers that cannot be read denies everybody everything; that comes first.
        let broken = line(
            with: "parse error in", "no valid sudoers sources",
            "must be owned by uid 0 and have the setuid bit", "should be 0", "is world writable",
            "unable to open /etc/sudoers")
        if let words = broken ?? output.first(where: isSyntaxError) { return .sudoBroken(words) }
        if let words = line(with: "must have a tty") { return .sudoNeedsTerminal(words) }
        if let words = line(with: "not in the sudoers file", "is not allowed to", "may not run sudo") {
            return .sudoNotAllowed(words)
        }
        if line(with: "incorrect password", "no password was provided", "Sorry, try again") != nil {
            return .sudoWrongPassword
        }
        return line(with: "a password is required", "authentication required") == nil
            ? nil : .sudoNeedsPassword
    }

    /// Whether sudo says where its configuration is wrong: `/etc/sudoers.d/x:3:7: syntax error` since 1.9.
    private static func isSyntaxError(_ line: String) -> Bool {
        line.contains("/sudoers") && line.contains("syntax error")
    }

    /// The number after the shell's name: `sh: 12: Syntax error`, `sh: line 12: syntax error`.
    private static func lineNumber(in line: String) -> Int? {
        line.split { $0 == ":" || $0 == " " }.lazy.compactMap { Int($0) }.first
    }
}

extension PlaybookError {
    /// Why sudo ran nothing, told from what it said with `LC_ALL=C`.
    ///
    /// - Parameters:
    ///   - output: the lines that came.
    ///   - end: how the command ended.
    /// - Returns: the refusal, or that nothing started where the words are none of sudo's.
    package static func refusal(bySudo output: [String], _ end: CommandEnd) -> PlaybookError {
        StartFailure.sudoError(output) ?? .notStarted(end, output: output)
    }
}
