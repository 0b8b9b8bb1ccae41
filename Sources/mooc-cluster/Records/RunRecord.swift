import ArgumentParser
import Console
import Glibc
import Playbook
import Synchronization
import YAML

/// What is kept of a run: an event stream, a log a host and a summary, in a folder of its own.
///
/// The folder is made when the first thing happens on a host, so a command that touches none leaves nothing.
final class RunRecord: Sendable {
    /// What is known of a run before anything happens in it.
    struct Start: Sendable {
        /// The command, such as `node-add`.
        let command: String
        /// The cluster's name.
        let cluster: String
        /// The folder of the cluster's runs.
        let runs: String
        /// Where lines of the event stream go besides the file.
        let onLine: @Sendable (String) -> Void
    }

    private struct State {
        var start: Start?
        var name = ""
        var log: RunLog?
        var failure: String?
        var result: [Mapping.Entry] = []
    }

    private let redaction: Redaction
    private let time: Timekeeper
    private let begun: (text: String, seconds: Double)
    private let state = Mutex(State())

    /// Makes the record of a run that begins now; nothing is written yet.
    init(redaction: Redaction, time: Timekeeper) {
        self.redaction = redaction
        self.time = time
        begun = (preciseTimestamp(), time.seconds())
    }

    /// Says which run it is; without that, nothing is ever written.
    func begin(_ start: Start) {
        let moment = begun.text.prefix { $0 != "." }.filter { $0 != "-" && $0 != ":" }
        state.withLock { state in
            state.start = start
            state.name = "\(moment)Z-\(start.command)-\(getpid())"
        }
    }

    /// The run's name; empty before ``begin(_:)``.
    var name: String { state.withLock { $0.name } }

    /// The run's folder; nil while it has none.
    var folder: String? {
        state.withLock { state in state.log == nil ? nil : state.start.map { "\($0.runs)/\(state.name)" } }
    }

    /// Keeps what a step of a host told.
    func write(_ event: StepEvent, host: String, phase: String) {
        opened()?.write(event, host: host, phase: phase)
    }

    /// Keeps an event; `fields` are a mapping, and `words` are for the host's log.
    func write(_ event: String, _ fields: Node, host: String, phase: String? = nil, words: String?) {
        opened()?.write(
            Self.named(event) + (fields.entries ?? []), host: host, phase: phase, words: words)
    }

    /// Keeps what came of the run, for its last line and its summary; the parts of a mapping.
    func keep(result: Node) { state.withLock { $0.result = result.entries ?? [] } }

    /// Ends the record: the last line of the event stream, and the summary.
    ///
    /// - Parameters:
    ///   - status: how the process ends.
    ///   - error: what ended it, when that is not in the result.
    ///   - console: where it is said when the record could not be written.
    func end(_ status: ExitStatus, error: String? = nil, on console: Console) {
        let (start, name, log, result) = state.withLock { ($0.start, $0.name, $0.log, $0.result) }
        guard let start else { return }
        var ending: [Mapping.Entry] = [
            .init(key: "result", value: .string(status.word)),
            .init(key: "code", value: .int(Int(status.code))),
            .init(key: "seconds", value: seconds),
        ]
        if let error { ending.append(.init(key: "error", value: .string(redaction.clean(error)))) }
        let last = Self.named("result") + ending + result
        guard let log else {
            // A result that nothing led up to is a result all the same.
            if !result.isEmpty {
                start.onLine(redaction.clean(strings: Node(.mapping(Mapping(last)))).json())
            }
            if let failure = state.withLock({ $0.failure }) { say(failure, on: console) }
            return
        }
        log.write(last, host: nil, phase: nil, words: nil)
        let head: Node = [
            "schema": .string(RunLog.schema), "run": .string(name), "command": .string(start.command),
            "cluster": .string(start.cluster), "version": .string(MoocCluster.configuration.version),
            "started": .string(begun.text), "ended": .string(preciseTimestamp()),
        ]
        let kept = redaction.clean(strings: Node(.mapping(Mapping(result))))
        var summary = Mapping((head.entries ?? []) + ending)
        for entry in kept.entries ?? [] where summary[entry.key] == nil { summary.entries.append(entry) }
        do {
            let text = Node(.mapping(summary)).json(pretty: true) + "\n"
            try Files.write(text, to: "\(start.runs)/\(name)/summary.json", mode: 0o600)
        } catch {
            say(error.description, on: console)
        }
        if let failure = log.failure { say(failure, on: console) }
    }

    private func say(_ failure: String, on console: Console) {
        console.say("the record of this run: \(failure)", .warning)
    }

    private var seconds: Node {
        let milliseconds = Int((time.seconds() - begun.seconds) * 1000)
        let rest = String(milliseconds % 1000)
        let text = "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
        return Node(.scalar(Scalar(text, style: .plain)))
    }

    private static func named(_ event: String) -> [Mapping.Entry] {
        [Mapping.Entry(key: "event", value: .string(event))]
    }

    /// The log, opened by the first who asks; nil when there is none to write.
    private func opened() -> RunLog? {
        state.withLock { state -> RunLog? in
            if let log = state.log { return log }
            guard let start = state.start, state.failure == nil else { return nil }
            let folder = "\(start.runs)/\(state.name)"
            do throws(FileError) {
                try Files.makeFolder(folder)
            } catch {
                state.failure = error.description
                return nil
            }
            let log = RunLog(
                folder: folder, redaction: redaction, now: preciseTimestamp, onLine: start.onLine)
            let head: Node = [
                "event": "run", "schema": .string(RunLog.schema), "run": .string(state.name),
                "command": .string(start.command), "cluster": .string(start.cluster),
                "version": .string(MoocCluster.configuration.version), "started": .string(begun.text),
            ]
            log.write(head.entries ?? [], host: nil, phase: nil, words: nil)
            state.log = log
            RunArchive.prune(start.runs)
            return log
        }
    }
}
