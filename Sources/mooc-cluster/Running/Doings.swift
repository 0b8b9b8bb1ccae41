import Console
import Playbook
import Provisioning
import Synchronization

/// What is going on on each host right now, for whoever asks what is being waited for.
final class Doings: Sendable {
    /// What one host does.
    fileprivate struct Doing {
        var title = ""
        var step: String?
        var line: String?
        /// When the phase or the step began, and when its next sign of life is due, in seconds of the clock.
        var since: Double
        var due: Double
        /// Order of beginning among the hosts.
        var number: Int
    }

    fileprivate struct State {
        var doings: [String: Doing] = [:]
        var count = 0
    }

    private let state = Mutex(State())
    /// Seconds after which a step that goes on says so, where there is no board to show it.
    private static let pause = 10.0

    /// Takes an event of a run.
    func take(_ event: RunEvent, at seconds: Double) {
        state.withLock { state in
            switch event.kind {
            case .started(let title): state.begin(event.host, title, at: seconds)
            case .ended: state.doings[event.host] = nil
            case .step(.started(let step)), .step(.handlerStarted(let step)):
                state.change(event.host) { doing in
                    (doing.step, doing.line, doing.since) = (step, nil, seconds)
                    doing.due = seconds + Self.pause
                }
            case .step(.output(_, let line)): state.change(event.host) { $0.line = line }
            case .step: break
            }
        }
    }

    /// Takes what is done for the whole cluster, such as waiting for workloads; nil when nothing is any more.
    func take(cluster text: String?, at seconds: Double) {
        state.withLock { state in
            if let text {
                state.begin("cluster", text, at: seconds)
            } else {
                state.doings["cluster"] = nil
            }
        }
    }

    /// A line for each host that does something, in the order of beginning.
    func words(at seconds: Double) -> [String] {
        state.withLock { state in
            state.doings.sorted { $0.value.number < $1.value.number }.map { host, doing in
                "\(host): \(Self.words(doing, at: seconds))"
            }
        }
    }

    /// The hosts whose step has gone on for long without a word of it, each with what to say; said hosts are due again
    /// after as long as the step has taken so far, a minute at most.
    func overdue(at seconds: Double) -> [(host: String, text: String)] {
        state.withLock { state in
            let due = state.doings.filter { $0.value.step != nil && $0.value.due <= seconds }
            for (host, doing) in due {
                state.doings[host]?.due = seconds + min(max(seconds - doing.since, Self.pause), 60)
            }
            return due.sorted { $0.value.number < $1.value.number }.map { host, doing in
                (host, Self.words(doing, at: seconds))
            }
        }
    }

    private static func words(_ doing: Doing, at seconds: Double) -> String {
        let what = doing.step.map { "\(doing.title): \($0)" } ?? doing.title
        let line = doing.line.map { " (\($0))" } ?? ""
        return "\(what), for \(Timekeeper.text(seconds: seconds - doing.since))\(line)"
    }
}

extension Doings.State {
    fileprivate mutating func begin(_ host: String, _ title: String, at seconds: Double) {
        let number = doings[host]?.number ?? count
        count += 1
        doings[host] = Doings.Doing(title: title, since: seconds, due: .infinity, number: number)
    }

    fileprivate mutating func change(_ host: String, _ body: (inout Doings.Doing) -> Void) {
        guard var doing = doings[host] else { return }
        body(&doing)
        doings[host] = doing
    }
}
