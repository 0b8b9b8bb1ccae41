import Provisioning

extension RunReport {
    /// How the process ends after a run.
    ///
    /// A step that failed weighs more than a host that was refused, and that more than one that was not reached.
    /// Only a run that was done whole ends as done, whatever kept another from it.
    var status: ExitStatus {
        if isInterrupted { return .interrupted }
        if isRefused { return .failed }
        let all = failures.map { $0.failure.error.map { Explanation($0).status } ?? .failed }
        return ExitStatus.worst(of: all) ?? (isDone ? .done : .failed)
    }

    /// How a host came out, in a word for tables and JSON.
    func result(of host: String) -> String {
        let own = outcomes.filter { $0.host == host }
        if own.contains(where: { if case .failed = $0.ending { true } else { false } }) { return "failed" }
        if own.contains(where: { if case .interrupted = $0.ending { true } else { false } }) {
            return "interrupted"
        }
        if own.contains(where: { if case .lost = $0.ending { true } else { false } }) { return "held up" }
        return own.isEmpty ? "left out" : "done"
    }

    /// Steps that changed something on a host; in a plan, steps that would.
    func changes(on host: String) -> Int {
        outcomes.filter { $0.host == host }.reduce(0) { $0 + $1.changes }
    }
}
