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
        let diff: String?

        fileprivate init(host: String, phase: String, step: String, diff: String? = nil) {
            self.host = host
            self.phase = phase
            self.step = step
            self.diff = diff
        }
    }

    private let entries = Mutex<[Entry]>([])

    /// Takes an event.
    func take(_ event: RunEvent) {
        guard case .step(let step) = event.kind else { return }
        entries.withLock { entries in
            switch step {
            case .diff(let name, let text):
                entries.append(Entry(host: event.host, phase: event.phase, step: name, diff: text))
            case .wouldChange(let name):
                // Its diff, where there is one, has come just before.
                let isKnown = entries.last { $0.host == event.host && $0.phase == event.phase }?.step == name
                if !isKnown { entries.append(Entry(host: event.host, phase: event.phase, step: name)) }
            default: break
            }
        }
    }

    /// What was gathered for a host, in the order of steps.
    func of(_ host: String) -> [Entry] { entries.withLock { $0.filter { $0.host == host } } }
}
