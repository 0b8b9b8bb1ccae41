import Console
import Playbook
import Provisioning
import Synchronization

/// What is going on on each host right now, for whoever asks what is being waited for.
final class Doings: Sendable {
    /// A host may do several phases at once.
    fileprivate struct Place: Hashable {
        var host: String
        var phase = ""
    }

    /// What is done in one phase on one host.
    fileprivate struct Doing {
        var title = ""
        var step: String?
        var line: String?
        /// When the phase or the step began, and when its next sign of life is due, in seconds of the clock.
        var since: Double
        var due: Double
        /// Order of beginning.
        var number: Int
    }

    fileprivate struct State {
        var doings: [Place: Doing] = [:]
        var count = 0
    }

    private let state = Mutex(State())
    /// Seconds after which a step that goes on says so, where there is no board to show it.
    private static let pause = 10.0

    /// Takes an event of a run.
    func take(_ event: RunEvent, at seconds: Double) {
        let place = Place(host: event.host, phase: event.phase)
        state.withLock { state in
            switch event.kind {
            case .started(let title): state.begin(place, title, at: seconds)
            case .ended: state.doings[place] = nil
            case .step(.started(let step)), .step(.handlerStarted(let step)):
                state.change(place) { doing in
                    (doing.step, doing.line, doing.since) = (step, nil, seconds)
                    doing.due = seconds + Self.pause
                }
            case .step(.output(_, let line)):
                // What it says itself is a sign of life too.
                state.change(place) { doing in
                    doing.line = line
                    doing.due = max(doing.due, seconds + Self.pause)
                }
            case .step: break
            }
        }
    }

    /// Takes what is done for the whole cluster, such as waiting for workloads; nil when nothing is any more.
    func take(cluster text: String?, at seconds: Double) {
        let place = Place(host: "cluster")
        state.withLock { state in
            if let text {
                state.begin(place, text, at: seconds)
            } else {
                state.doings[place] = nil
            }
        }
    }

    /// A line for each phase that a host is in, in the order of beginning.
    func words(at seconds: Double) -> [String] {
        state.withLock { state in
            state.doings.sorted { $0.value.number < $1.value.number }.map { place, doing in
                "\(place.host): \(Self.words(doing, at: seconds))"
            }
        }
    }

    /// The hosts whose step has gone on for long without a word of it, each with what to say; a step is due again
    /// after as long as the step has taken so far, a minute at most.
    func overdue(at seconds: Double) -> [(host: String, text: String)] {
        state.withLock { state in
            let due = state.doings.filter { $0.value.step != nil && $0.value.due <= seconds }
            for (place, doing) in due {
                state.doings[place]?.due = seconds + min(max(seconds - doing.since, Self.pause), 60)
            }
            return due.sorted { $0.value.number < $1.value.number }.map { place, doing in
                (place.host, Self.words(doing, at: seconds))
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
    fileprivate mutating func begin(_ place: Doings.Place, _ title: String, at seconds: Double) {
        let number = doings[place]?.number ?? count
        count += 1
        doings[place] = Doings.Doing(title: title, since: seconds, due: .infinity, number: number)
    }

    fileprivate mutating func change(_ place: Doings.Place, _ body: (inout Doings.Doing) -> Void) {
        guard var doing = doings[place] else { return }
        body(&doing)
        doings[place] = doing
    }
}
