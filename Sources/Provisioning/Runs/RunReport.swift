package import Playbook
import YAML

/// What came of a run.
package struct RunReport: Sendable {
    /// What the preflight found.
    package var findings: [Finding]
    /// How each phase ended on each host, in the order of phases.
    package var outcomes: [PhaseOutcome]
    /// The administrator's kubeconfig; nil when it was not read.
    package var kubeconfig: Secret?
    /// What decided the run; nil when it stopped before all hosts were known.
    package var situation: Situation?
    /// What it means that nodes go, each in the order asked for; empty where none was to.
    package var departures: [Departure] = []
    /// Identifiers of phases whose hosts take turns.
    package var turns: Set<String> = []

    /// Makes a report.
    package init(
        findings: [Finding] = [], outcomes: [PhaseOutcome] = [], kubeconfig: Secret? = nil,
        situation: Situation? = nil
    ) {
        self.findings = findings
        self.outcomes = outcomes
        self.kubeconfig = kubeconfig
        self.situation = situation
    }

    /// Takes in what came of a further part of the same work.
    package mutating func append(_ part: RunReport) {
        findings += part.findings
        outcomes += part.outcomes
        departures += part.departures
        turns.formUnion(part.turns)
        kubeconfig = part.kubeconfig ?? kubeconfig
    }

    /// Steps that changed something; in a plan, steps that would.
    package var changes: Int { outcomes.reduce(0) { $0 + $1.changes } }

    /// Whether the preflight refused.
    package var isRefused: Bool { findings.contains { $0.severity == .error } }

    /// Whether the run was interrupted.
    package var isInterrupted: Bool {
        outcomes.contains { if case .interrupted = $0.ending { true } else { false } }
    }

    /// The failures, with where they happened.
    package var failures: [(outcome: PhaseOutcome, failure: PhaseFailure)] {
        outcomes.compactMap { outcome in
            if case .failed(let failure) = outcome.ending { (outcome, failure) } else { nil }
        }
    }

    /// Whether all of it was done.
    package var isDone: Bool {
        !isRefused && outcomes.allSatisfy { if case .done = $0.ending { true } else { false } }
    }
}
