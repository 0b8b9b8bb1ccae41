extension StepEvent {
    /// The event as a line for people; nil for events that say nothing on their own.
    package var logLine: String? {
        switch self {
        case .hello(let shell): "running under \(shell)"
        case .started(let step): "\(step) …"
        case .command(let step, let part, let text):
            "\(step), \(part.rawValue):" + (text.contains("\n") ? "\n" : " ") + text
        case .output(_, let line): "    \(line)"
        case .ok(let step): "\(step): right already"
        case .changed(let step, let milliseconds): "\(step): changed in \(milliseconds) ms"
        case .wouldChange(let step): "\(step): would be changed"
        case .skipped(let step): "\(step): skipped"
        case .retrying(let step, let reason, let code, let seconds):
            "\(step): \(reason.words(code)), again in \(seconds) s"
        case .cut(let step): "\(step): ended before it was done"
        case .waiting(let seconds): "an earlier run has worked on this host for \(seconds) s; waiting for it"
        case .disconnected(let reason): "connection lost (\(reason)); the host goes on, trying again"
        case .reconnected: "connected again"
        case .restarted: "the host has restarted; the work on it begins again"
        case .failed(let step, let reason, let code): "\(step): FAILED, \(reason.words(code))"
        case .registered(let name, .plain(let text)): "\(name) is \(text)"
        case .registered(let name, .secret): "\(name) is known, and a secret"
        case .diff(_, nil): "    the file holds a secret, so its change is not shown"
        case .diff(_, let text?): text
        case .forecast(_, let forecast): forecast.logLine
        case .handlerStarted(let handler): "handler \(handler) …"
        case .handlerDone(let handler, let milliseconds): "handler \(handler): done in \(milliseconds) ms"
        case .handlerWouldRun(let handler): "handler \(handler): would run"
        case .handlerFailed(let handler, let reason, let code):
            "handler \(handler): FAILED, \(reason.words(code))"
        case .ended(let counts): "ended: \(counts)"
        case .stopped(let counts): "stopped: \(counts)"
        }
    }
}

extension Forecast {
    /// The forecast as a line for people.
    fileprivate var logLine: String {
        let parts = [effect, seconds.map { "about \($0) s" }] + comings.map { "brings \($0.name)" }
        return "    " + parts.compactMap(\.self).joined(separator: "; ")
    }
}

extension FailureReason {
    /// What happened, in a few words, with the exit code.
    package func words(_ code: Int) -> String {
        switch self {
        case .apply: "exit code \(code)"
        case .check: "still not right after its apply (check: exit code \(code))"
        case .timeout: "took too long and was ended"
        case .value: "its value cannot be read (exit code \(code))"
        }
    }
}

extension Counts: CustomStringConvertible {
    /// The counts in words, those of nothing left out.
    package var description: String {
        let all = [
            (ok, "ok"), (changed, "changed"), (wouldChange, "to change"), (skipped, "skipped"),
            (failed, "failed"),
        ]
        let words = all.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return words.isEmpty ? "nothing to do" : words.joined(separator: ", ")
    }
}
