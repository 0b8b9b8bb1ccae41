package import YAML

/// How a playbook went on one host.
package struct HostResult: Sendable {
    /// How one step went.
    package enum Outcome: Sendable, Hashable { case ok, changed, wouldChange, skipped, failed }

    /// The steps that were reached, in order; what is missing did not run.
    package var steps: [(name: String, outcome: Outcome)] = []
    /// The values that steps registered.
    package var registered = Values()
    /// How many steps came to which end.
    package var counts = Counts()
    /// The handlers that ran, or would run.
    package var handlers: [String] = []
    /// What failed first, if anything did.
    package var failure: StepFailure?
    /// The step that was ended because the program was told to stop; nil when that one was let finish.
    package var cutStep: String?
    /// Whether it was told to stop before its end.
    package var isStopped = false

    /// Makes a result of nothing.
    package init() {}

    /// Whether everything that had to run has run and is right.
    package var isComplete: Bool { failure == nil && !isStopped }
    /// Whether anything changed, or would.
    package var hasChanges: Bool { counts.changed + counts.wouldChange > 0 || !handlers.isEmpty }
}

/// A step or handler that failed.
package struct StepFailure: Sendable, Hashable {
    /// The step's or handler's name.
    package var step: String
    /// Where it stands.
    package var mark: Mark?
    /// Which part of it failed.
    package var reason: FailureReason
    /// The exit code.
    package var code: Int
    /// Its last lines of output, at most twenty.
    package var lastLines: [String]
}
