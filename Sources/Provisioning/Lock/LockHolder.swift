/// Who works on a cluster, as the lock's file on its first control plane says it.
package struct LockHolder: Sendable, Hashable {
    /// Who started the run, and where: `ada@workstation`.
    package let who: String
    /// When it began, in UTC by ISO 8601.
    package let since: String
    /// The command: `up`.
    package let command: String
    /// The run's identifier: the name of its record on that workstation.
    package let run: String

    /// Makes a holder of its parts.
    package init(who: String, since: String, command: String, run: String) {
        self.who = who
        self.since = since
        self.command = command
        self.run = run
    }

    /// A line `key value` for each part, as the file has them.
    var text: String {
        [("who", who), ("since", since), ("command", command), ("run", run)].map { key, value in
            "\(key) \(value.split(whereSeparator: \.isNewline).joined(separator: " "))\n"
        }.joined()
    }

    /// Reads what the file says; a part that is missing is said to be unknown.
    init(lines: [String]) {
        func part(_ key: String) -> String {
            lines.first { $0.hasPrefix(key + " ") }.map { String($0.dropFirst(key.count + 1)) } ?? "unknown"
        }
        who = part("who")
        since = part("since")
        command = part("command")
        run = part("run")
    }
}

extension LockHolder: CustomStringConvertible {
    /// The holder in words that a sentence can go on with.
    package var description: String { "\(who) (\(command), since \(since), run \(run))" }
}
