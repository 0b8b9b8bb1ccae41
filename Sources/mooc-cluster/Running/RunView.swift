import Console
import Playbook
import Provisioning
import Synchronization

/// Shows what happens in a run while it happens: the board on a terminal, else lines.
final class RunView: Sendable {
    private struct Line {
        var title = ""
        var shown = 0.0
    }

    private let console: Console
    private let time: Timekeeper
    private let lines = Mutex<[String: Line]>([:])
    /// Seconds between two lines of output of one long step where there is no board.
    private static let pause = 10.0

    /// Makes a view.
    init(_ context: Context) {
        console = context.console
        time = context.time
    }

    /// Shows an event.
    func show(_ event: RunEvent) {
        switch event.kind {
        case .started(let title):
            lines.withLock { $0[event.host] = Line(title: title, shown: time.seconds()) }
            console.update(event.host, .running, title)
            if !console.showsBoard { console.say(title, host: event.host) }
        case .step(let step): show(step, event.host)
        case .ended(let outcome): show(outcome)
        }
    }

    private func show(_ event: StepEvent, _ host: String) {
        let title = lines.withLock { $0[host]?.title ?? "" }
        switch event {
        case .started(let step): console.update(host, .running, "\(title): \(step)")
        case .output(let step, let line):
            console.update(host, .running, step.map { "\(title): \($0)" } ?? title, detail: line)
            console.say(line, isDue(host) && !console.showsBoard ? .note : .detail, host: host)
        case .changed(let step, let milliseconds):
            let seconds = Timekeeper.text(seconds: Double(milliseconds) / 1000)
            console.say("changed: \(step) (\(seconds))", console.showsBoard ? .detail : .note, host: host)
        case .retrying(let step, _, let code, let seconds):
            console.say("\(step): exit code \(code), tried again in \(seconds) s", .warning, host: host)
        case .failed(let step, _, let code):
            console.say("\(title): \(step): exit code \(code)", .error, host: host)
        case .handlerFailed(let handler, _, let code):
            console.say("\(title): handler \(handler): exit code \(code)", .error, host: host)
        case .cut(let step): console.say("ended before it was done: \(step)", .warning, host: host)
        case .command: event.logLine.map { console.say($0, .detail, host: host) }
        case .waiting, .disconnected, .reconnected, .restarted:
            console.say("\(title): \(event.logLine ?? "")", .warning, host: host)
        case .ok(let step): console.say("right already: \(step)", .detail, host: host)
        case .skipped(let step): console.say("skipped: \(step)", .detail, host: host)
        case .handlerDone(let handler, _): console.say("ran: \(handler)", .detail, host: host)
        case .hello, .wouldChange, .registered, .diff, .forecast, .handlerStarted, .handlerWouldRun, .ended,
            .stopped:
            break
        }
    }

    private func show(_ outcome: PhaseOutcome) {
        let title = lines.withLock { $0[outcome.host]?.title ?? "" }
        switch outcome.ending {
        case .done: console.update(outcome.host, .done, title)
        case .failed(let failure):
            console.update(outcome.host, .failed, "\(title): \(failure.message)")
            if failure.step == nil { console.say("\(title): \(failure.message)", .error, host: outcome.host) }
        case .lost(let cause): console.update(outcome.host, .stopped, "\(title): needs \(cause)")
        case .interrupted: console.update(outcome.host, .stopped, "\(title): interrupted")
        }
    }

    /// Whether a host has been silent for long; if so, it counts as heard of now.
    private func isDue(_ host: String) -> Bool {
        let now = time.seconds()
        return lines.withLock { lines in
            guard let line = lines[host], now - line.shown >= Self.pause else { return false }
            lines[host]?.shown = now
            return true
        }
    }
}
