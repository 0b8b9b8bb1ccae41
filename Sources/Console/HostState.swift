/// What a host is doing, as the board shows it.
package enum HostState: Sendable, CaseIterable, CustomStringConvertible {
    case failed, running, stopped, waiting, done

    /// One word.
    package var description: String {
        switch self {
        case .failed: "failed"
        case .running: "working"
        case .stopped: "stopped"
        case .waiting: "waiting"
        case .done: "done"
        }
    }

    /// Order in which lines are kept when not all of them fit.
    var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    var color: Paint.Color? {
        switch self {
        case .failed: .red
        case .running: .cyan
        case .stopped: .yellow
        case .waiting: .dim
        case .done: .green
        }
    }

    /// The sign before the host's name; it turns while the host works.
    func symbol(seconds: Double) -> String {
        switch self {
        case .failed: "✗"
        case .running: ["⠋", "⠙", "⠸", "⠴", "⠦", "⠇"][Int(seconds * 10) % 6]
        case .stopped: "■"
        case .waiting: "·"
        case .done: "✓"
        }
    }
}
