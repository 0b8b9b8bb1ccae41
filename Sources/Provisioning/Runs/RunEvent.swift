package import Playbook

/// Something that happens while a run goes on, for progress and logs.
package struct RunEvent: Sendable {
    /// What happens.
    package enum Kind: Sendable {
        /// The phase starts, with its title.
        case started(title: String)
        /// A step of it goes on.
        case step(StepEvent)
        /// The phase ended.
        case ended(PhaseOutcome)
    }

    /// The host's name.
    package let host: String
    /// The phase's identifier.
    package let phase: String
    /// What happens.
    package let kind: Kind

    /// Makes an event.
    package init(host: String, phase: String, kind: Kind) {
        self.host = host
        self.phase = phase
        self.kind = kind
    }
}
