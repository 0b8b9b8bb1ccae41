import Playbook
import Provisioning
import Synchronization

/// Gathers what steps would change, as a plan's events tell it.
final class PlanEntries: Sendable {
    /// One step that would change something.
    struct Entry: Sendable {
        /// The host's name.
        let host: String
        /// The phase's identifier.
        let phase: String
        /// The step's name.
        let step: String
        /// How a file would change; nil where it is no file, or would show a secret.
        fileprivate(set) var diff: String?
        /// What else it brings with it.
        fileprivate(set) var forecast = Forecast()
    }

    /// A handler that would run after the steps of a phase.
    struct Handler: Sendable {
        /// The host's name.
        let host: String
        /// The phase's identifier.
        let phase: String
        /// The handler's name.
        let name: String
    }

    private let gathered = Mutex<(entries: [Entry], handlers: [Handler])>(([], []))

    /// Takes an event.
    func take(_ event: RunEvent) {
        guard case .step(let step) = event.kind else { return }
        gathered.withLock { gathered in
            switch step {
            case .diff(let name, let text): gathered.entries[at: event, name].diff = text
            case .forecast(let name, let forecast): gathered.entries[at: event, name].forecast = forecast
            case .wouldChange(let name): _ = gathered.entries[at: event, name]
            case .handlerWouldRun(let name):
                gathered.handlers.append(Handler(host: event.host, phase: event.phase, name: name))
            default: break
            }
        }
    }

    /// The hosts that something was gathered for, in the order in which they came.
    var hosts: [String] {
        gathered.withLock { gathered in
            (gathered.entries.map(\.host) + gathered.handlers.map(\.host)).reduce(into: []) { names, name in
                if !names.contains(name) { names.append(name) }
            }
        }
    }

    /// What was gathered for a host, in the order of steps.
    func of(_ host: String) -> [Entry] { gathered.withLock { $0.entries.filter { $0.host == host } } }

    /// The handlers that would run on a host.
    func handlers(of host: String) -> [Handler] {
        gathered.withLock { $0.handlers.filter { $0.host == host } }
    }
}

extension [PlanEntries.Entry] {
    /// The entry of the step that an event is about, which is the last one of its host and phase, or new.
    fileprivate subscript(at event: RunEvent, step: String) -> PlanEntries.Entry {
        mutating get { self[place(of: event, step)] }
        set { self[place(of: event, step)] = newValue }
    }

    private mutating func place(of event: RunEvent, _ step: String) -> Int {
        let last = lastIndex { $0.host == event.host && $0.phase == event.phase }
        if let last, self[last].step == step { return last }
        append(PlanEntries.Entry(host: event.host, phase: event.phase, step: step))
        return count - 1
    }
}
