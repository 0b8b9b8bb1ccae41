package import YAML

/// How one phase ended on one host.
package struct PhaseOutcome: Sendable {
    /// In which way it ended.
    package enum Ending: Sendable {
        /// All its steps are right.
        case done
        /// A step failed, or the host was lost.
        case failed(PhaseFailure)
        /// It never started, because of what it needs: `control-plane on n1`.
        case lost(because: String)
        /// The run was interrupted before it started, or while it ran.
        case interrupted
    }

    /// The phase's identifier.
    package let phase: String
    /// The host's name.
    package let host: String
    /// In which way it ended.
    package let ending: Ending
    /// Steps that changed something; in a plan, steps that would.
    package let changes: Int

    /// Makes an outcome.
    package init(phase: String, host: String, ending: Ending, changes: Int) {
        self.phase = phase
        self.host = host
        self.ending = ending
        self.changes = changes
    }
}

/// Why a phase failed on a host.
package struct PhaseFailure: Sendable {
    /// The step that failed; nil when it was none, as when the host was lost.
    package var step: String?
    /// Where that step stands in its playbook.
    package var mark: Mark?
    /// What happened, in a sentence.
    package var message: String
    /// The last lines that the step printed, secrets taken out.
    package var output: [String]
    /// What was looked at besides, on this host and on others that it waited for.
    package var seen: [Evidence] = []
    /// Why, as far as all that tells.
    package var cause: KnownCause?
    /// The line that tells it.
    package var evidence: String?
    /// What to do next.
    package var next: String
    /// The error of connecting or logging in, for the exit code; nil when a step failed.
    package var error: (any Error)?

    /// Makes a failure.
    package init(
        step: String? = nil, mark: Mark? = nil, message: String, output: [String] = [],
        cause: KnownCause? = nil, evidence: String? = nil, next: String, error: (any Error)? = nil
    ) {
        self.step = step
        self.mark = mark
        self.message = message
        self.output = output
        self.cause = cause
        self.evidence = evidence
        self.next = next
        self.error = error
    }
}
