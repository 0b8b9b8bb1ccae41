import Console
import Inventory
import Manifests
import Synchronization

/// Shows how applying goes on while it does.
final class ApplyView: Sendable {
    private let context: Context
    private let host: String
    private let shown = Mutex((text: "", seconds: 0.0))
    /// Seconds between two lines that say the same.
    private static let pause = 30.0

    /// Makes a view of what is done by kubectl on a host.
    init(_ context: Context, host: String) {
        self.context = context
        self.host = host
    }

    /// Shows and records an event.
    func show(_ event: ApplyEvent) {
        switch event {
        case .wave(let name, let number, let count):
            context.record.take(event, on: host)
            context.doings.take(cluster: name, at: context.time.seconds())
            context.console.say("\(name) (\(number) of \(count))")
        case .changed(let id, let kind):
            context.record.take(event, on: host)
            context.console.say("\(kind.rawValue)d: \(id)")
        case .ready(let id):
            context.record.take(event, on: host)
            context.console.say("ready: \(id)", .detail)
        case .waiting(let names):
            let text = "waiting for \(names.joined(separator: ", "))"
            let now = context.time.seconds()
            let isDue = shown.withLock { shown in
                guard shown.text != text || now - shown.seconds > Self.pause else { return false }
                shown = (text, now)
                return true
            }
            context.doings.take(cluster: text, at: now)
            guard isDue else { return }
            context.record.take(event, on: host)
            context.console.say(text)
        }
    }
}

extension Operation {
    /// Shows what is done by kubectl on a control plane.
    ///
    /// - Throws: as ``controlPlane()``.
    var applyView: ApplyView {
        get async throws { ApplyView(context, host: try await controlPlane().name) }
    }
}
