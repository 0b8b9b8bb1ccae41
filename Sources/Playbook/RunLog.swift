import Glibc
import Synchronization

/// Writes what happens on hosts into a folder: `events.jsonl` for programs, and `HOST.log` for people.
///
/// Files are readable by their owner alone. A log that cannot be written stops no run: what went wrong first
/// is kept in ``failure``.
package final class RunLog: Sendable {
    private let folder: String
    private let now: @Sendable () -> String
    private let state = Mutex(State())

    private struct State {
        var files: [String: Int32] = [:]
        var failure: String?
    }

    /// Makes a log.
    ///
    /// - Parameters:
    ///   - folder: where the files go; it must exist.
    ///   - now: the time as it is to be written.
    package init(folder: String, now: @escaping @Sendable () -> String) {
        self.folder = folder
        self.now = now
    }

    deinit {
        for file in state.withLock({ $0.files }).values { close(file) }
    }

    /// What went wrong first in writing; nil if nothing did.
    package var failure: String? { state.withLock { $0.failure } }

    /// Writes down an event of a host.
    ///
    /// - Parameters:
    ///   - event: the event, secrets taken out as the ``Runner`` does.
    ///   - host: the host's name.
    ///   - playbook: the playbook's name.
    package func write(_ event: StepEvent, host: String, playbook: String) {
        let time = now()
        let json = event.json(time: time, host: host, playbook: playbook)
        state.withLock { state in
            append(json + "\n", to: "events.jsonl", &state)
            if let words = event.logLine {
                append("\(time) \(playbook): \(words)\n", to: "\(Self.fileName(host)).log", &state)
            }
        }
    }

    private func append(_ text: String, to name: String, _ state: inout State) {
        let path = "\(folder)/\(name)"
        let file = state.files[name] ?? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else {
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

    private func note(_ failure: String, _ state: inout State) {
        if state.failure == nil { state.failure = failure }
    }

    /// The host's name with nothing in it that means something in a path.
    private static func fileName(_ host: String) -> String {
        let safe = String(host.map { $0 == "/" || $0 == "\0" ? "_" : $0 })
        return safe.hasPrefix(".") ? "_" + safe : safe
    }
}
