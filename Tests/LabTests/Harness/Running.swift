import Foundation
import Synchronization

/// A program that runs: both of its streams go to files, which are polled, so no reader can block it or be blocked.
final class Running: Sendable {
    private let child: Child
    private let command: Command
    private let name: String
    private let started = ContinuousClock.now
    private let paths: (output: String, messages: String)
    private static let count = Atomic<Int>(0)

    /// Starts a program; the name is that of its two log files.
    init(_ command: Command, name: String) throws {
        let number = String(Self.count.add(1, ordering: .relaxed).newValue)
        self.command = command
        self.name = String(repeating: "0", count: max(0, 3 - number.count)) + number + "-" + name
        let logs = Lab.here.work + "/logs"
        try FileManager.default.createDirectory(atPath: logs, withIntermediateDirectories: true)
        paths = (logs + "/" + self.name + ".out", logs + "/" + self.name + ".err")
        let input = command.input.isEmpty ? "/dev/null" : logs + "/" + self.name + ".in"
        if !command.input.isEmpty { try Lab.write(command.input, to: input) }
        defer { if !command.input.isEmpty { unlink(input) } }
        child = try Child(command, input: input, output: paths.output, messages: paths.messages)
    }

    /// What it wrote on standard output so far.
    var output: String { Self.text(paths.output) }

    /// What it wrote on standard error so far.
    var messages: String { Self.text(paths.messages) }

    /// The whole lines that it wrote on standard output so far, but for the first ones.
    func lines(after count: Int) -> ArraySlice<Substring> { Self.lines(of: output).dropFirst(count) }

    /// Sends it a signal.
    func signal(_ number: Int32) { child.signal(number) }

    /// Waits until a line of its messages satisfies a condition, and returns that line; throws when it ends before.
    @discardableResult
    func line(
        _ what: String, within limit: Duration, where isWanted: @Sendable (Substring) -> Bool
    ) async throws -> String {
        try await eventually("\(name) says \(what)", within: limit, every: .milliseconds(50)) {
            let outcome = self.outcome()
            if let line = Self.lines(of: self.messages).first(where: isWanted) { return String(line) }
            if let outcome { throw Silent(what: "saying \(what)", outcome: outcome) }
            return nil
        }
    }

    /// Waits until something is so while it runs; throws when it ends before.
    func reaches(
        _ what: String, within limit: Duration, isSo: @Sendable () async throws -> Bool
    ) async throws {
        try await eventually("\(what) while \(name) runs", within: limit, every: .milliseconds(30)) {
            () -> Bool? in
            if try await isSo() { return true }
            if let outcome = self.outcome() { throw Silent(what: what, outcome: outcome) }
            return nil
        }
    }

    /// Waits for its end; a program that does not end in time is killed, and that is an error.
    func end(within limit: Duration) async throws -> Outcome {
        do {
            return try await eventually("\(name) ends", within: limit, every: .milliseconds(20)) {
                self.outcome()
            }
        } catch {
            signal(SIGKILL)
            throw Overdue(name: name, messages: String(messages.suffix(3000)))
        }
    }

    /// How it ended, once it has.
    func outcome() -> Outcome? {
        child.code.map {
            Outcome(
                name: name, arguments: [command.program] + command.arguments, code: $0,
                output: output, messages: messages, time: ContinuousClock.now - started)
        }
    }

    private static func lines(of text: String) -> ArraySlice<Substring> {
        // What follows the last newline is not a line yet.
        text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }

    private static func text(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }

    /// A program that ended before what was waited for.
    struct Silent: Error, CustomStringConvertible {
        /// What was waited for.
        let what: String
        /// How the program ended.
        let outcome: Outcome
        var description: String { "ended before \(what): \(outcome)" }
    }

    /// A program that had to be killed at its deadline.
    struct Overdue: Error, CustomStringConvertible {
        /// Whose deadline.
        let name: String
        /// Its last messages.
        let messages: String
        var description: String { "\(name) did not end in time; its last messages:\n\(messages)" }
    }
}
