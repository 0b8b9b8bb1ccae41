package import Playbook
import Synchronization

/// Events in the order they came.
package final class EventList: Sendable {
    private let list = Mutex<[StepEvent]>([])

    /// Makes an empty list.
    package init() {}

    /// Adds an event.
    package func add(_ event: StepEvent) { list.withLock { $0.append(event) } }

    /// The events so far.
    package var all: [StepEvent] { list.withLock { $0 } }

    /// The lines of output so far.
    package var lines: [String] {
        all.compactMap { if case .output(_, let line) = $0 { line } else { nil } }
    }
}
