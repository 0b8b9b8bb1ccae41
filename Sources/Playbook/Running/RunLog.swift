import Glibc
import Synchronization
package import YAML

/// Writes what happens in a run into a folder: `events.jsonl` for programs, and `HOST.log` for people.
///
/// Files are readable by their owner alone, and secrets are taken out once more, those that another host has told of
/// included. A log that cannot be written stops no run: what went wrong first is kept in ``failure``.
package final class RunLog: Sendable {
    /// What the first line of an event stream names; a change that a reader could stumble over makes another number.
    package static let schema = "mooc-cluster-run/1"

    private let folder: String
    private let redaction: Redaction
    private let now: @Sendable () -> String
    private let onLine: @Sendable (String) -> Void
    private let state = Mutex(State())

    private struct State {
        var files: [String: Int32] = [:]
        var failure: String?
    }

    /// Makes a log.
    ///
    /// - Parameters:
    ///   - folder: where the files go; it must exist.
    ///   - redaction: the secrets that no file may hold.
    ///   - now: the time as it is to be written.
    ///   - onLine: called with each line of the event stream, in the order of the file.
    package init(
        folder: String, redaction: Redaction = Redaction(), now: @escaping @Sendable () -> String,
        onLine: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.folder = folder
        self.redaction = redaction
        self.now = now
        self.onLine = onLine
    }

    deinit {
        for file in state.withLock({ $0.files }).values { close(file) }
    }

    /// What went wrong first in writing; nil if nothing did.
    package var failure: String? { state.withLock { $0.failure } }

    /// Writes down what a step of a host told.
    package func write(_ event: StepEvent, host: String, phase: String) {
        write(event.fields, host: host, phase: phase, words: event.logLine)
    }

    /// Writes down an event.
    ///
    /// - Parameters:
    ///   - fields: the event's name and what belongs to it.
    ///   - host: the host's name; nil when it is about none.
    ///   - phase: the phase's identifier; nil when it is about none.
    ///   - words: the same for a person, for the host's log; nil when it says nothing there.
    package func write(_ fields: [Mapping.Entry], host: String?, phase: String?, words: String?) {
        let time = now()
        let head = [("time", time), ("host", host), ("phase", phase)].compactMap { key, value in
            value.map { Mapping.Entry(key: key, value: .string($0)) }
        }
        // The name of the event and where it happened are our own words, and no secret.
        let body = fields.map { entry in
            entry.key == "event"
                ? entry : Mapping.Entry(key: entry.key, value: redaction.clean(strings: entry.value))
        }
        let json = Node(.mapping(Mapping(head + body))).json()
        let place = phase.map { "\(time) \($0): " } ?? "\(time) "
        let lines = words.map { redaction.clean($0).split(separator: "\n").map { "\(place)\($0)\n" } } ?? []
        state.withLock { state in
            append(json + "\n", to: "events.jsonl", &state)
            onLine(json)
            if let host, !lines.isEmpty {
                append(lines.joined(), to: "\(Self.fileName(host)).log", &state)
            }
        }
    }

    private func append(_ text: String, to name: String, _ state: inout State) {
        let path = "\(folder)/\(name)"
        guard let file = state.files[name] ?? open(path) else {
            note("\(path): \(String(cString: strerror(errno)))", &state)
            return
        }
        state.files[name] = file
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0 && errno != EINTR {
                note("\(path): \(String(cString: strerror(errno)))", &state)
                return
            }
            bytes = bytes.dropFirst(max(count, 0))
        }
    }

    /// Opens a file and locks it, which tells who looks at the log later that the run still goes on.
    private func open(_ path: String) -> Int32? {
        let file = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { return nil }
        flock(file, LOCK_EX | LOCK_NB)
        return file
    }

    private func note(_ failure: String, _ state: inout State) {
        if state.failure == nil { state.failure = failure }
    }

    /// The host's name with nothing in it that means something in a path.
    private static func fileName(_ host: String) -> String {
        let safe = String(host.map { $0 == "/" || $0 == "\0" ? "_" : $0 })
        return safe.hasPrefix(".") ? "_" + safe : safe
    }
}
