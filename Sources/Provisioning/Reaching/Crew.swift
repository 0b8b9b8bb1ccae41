import Inventory
import Manifests
import Playbook
import Synchronization

/// Runs phases on hosts: connects, gives the playbook its values, and tells how it ended.
struct Crew: Sendable {
    let surroundings: Surroundings
    let library: PlaybookLibrary
    let mode: RunMode
    let onEvent: @Sendable (RunEvent) -> Void
    let connections: Connections
    /// The hosts that a failure may be about, besides the one where it happened.
    let neighbours: [Host]

    /// Makes a crew with no connection open.
    init(
        surroundings: Surroundings, library: PlaybookLibrary, mode: RunMode, neighbours: [Host] = [],
        onEvent: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.surroundings = surroundings
        self.library = library
        self.mode = mode
        self.neighbours = neighbours
        self.onEvent = onEvent
        connections = Connections(surroundings.connect)
    }

    /// Runs one phase on one host.
    ///
    /// - Parameters:
    ///   - phase: what to run.
    ///   - host: where.
    ///   - values: the values of the names that the playbook asks for.
    /// - Returns: how it ended, and the values that it registered.
    func perform(
        _ phase: Phase, on host: Host, values: ([String]) async throws -> Values
    ) async -> (PhaseOutcome, Values) {
        onEvent(RunEvent(host: host.name, phase: phase.id, kind: .started(title: phase.title)))
        let host = phase.present(host)
        var registered = Values()
        let outcome: PhaseOutcome
        do {
            guard let playbook = library[phase.playbook] else { throw MissingPlaybook(path: phase.playbook) }
            // What a person has to be asked, and what is not set, comes before the host is bothered.
            let privilege = try await surroundings.privilege(host)
            let (transport, number) = try await connections.numbered(host)
            let result = try await runner(for: host, number).run(
                playbook, values: try await values(playbook.values), mode: mode,
                privilege: privilege, on: transport
            ) { event in
                onEvent(RunEvent(host: host.name, phase: phase.id, kind: .step(event)))
            }
            registered = result.registered
            let seen = result.failure == nil ? [] : await evidence(for: phase, playbook.evidence, on: host)
            outcome = self.outcome(of: phase, on: host, result, seen)
        } catch {
            await connections.forget(host)
            outcome = failure(of: phase, on: host, error)
        }
        onEvent(RunEvent(host: host.name, phase: phase.id, kind: .ended(outcome)))
        return (outcome, registered)
    }

    /// A runner that replaces the host's way, and each one after it, when it breaks.
    private func runner(for host: Host, _ number: Int) -> Runner {
        let present = Mutex(number)
        let connections = connections
        return Runner(
            Runner.Settings(host: host.name, passingTrouble: PassingTrouble.signs) { error, onLost in
                let number = present.withLock { $0 }
                let way = try await connections.replace(number, after: error, to: host, onLost: onLost)
                present.withLock { $0 = way.number }
                return way.transport
            })
    }

    /// The outcome of a playbook that ran.
    private func outcome(
        of phase: Phase, on host: Host, _ result: HostResult, _ seen: [Evidence]
    ) -> PhaseOutcome {
        let changes = result.counts.changed + result.counts.wouldChange
        var ending = PhaseOutcome.Ending.done
        if let failed = result.failure {
            let known = KnownCause.find(in: seen.flatMap(\.lines) + failed.lastLines)
            var failure = PhaseFailure(
                step: failed.step, mark: failed.mark, message: words(of: failed), output: failed.lastLines,
                cause: known?.cause, evidence: known?.evidence,
                next: known?.cause.next(on: host.name) ?? "mend it, then run the same command again")
            failure.seen = seen
            ending = .failed(failure)
        } else if result.isStopped {
            ending = .interrupted
        }
        return PhaseOutcome(phase: phase.id, host: host.name, ending: ending, changes: changes)
    }

    private func words(of failure: StepFailure) -> String {
        switch failure.reason {
        case .apply: "'\(failure.step)' failed with exit code \(failure.code)"
        case .check: "'\(failure.step)' was done and is still not right"
        case .timeout: "'\(failure.step)' took too long and was ended"
        case .value: "'\(failure.step)' could not read its value (exit code \(failure.code))"
        }
    }

    /// The outcome of an error that kept a playbook from running to its end.
    private func failure(of phase: Phase, on host: Host, _ error: any Error) -> PhaseOutcome {
        if Task.isCancelled || error is CancellationError {
            return PhaseOutcome(phase: phase.id, host: host.name, ending: .interrupted, changes: 0)
        }
        var told = explain(error)
        if phase.id == Phases.addressConfirmation {
            told.cure =
                "the host takes its old address back within two minutes of the change; then run the same command "
                + "again, which says what happened"
        }
        let failure = PhaseFailure(message: told.message, next: told.cure, error: error)
        return PhaseOutcome(phase: phase.id, host: host.name, ending: .failed(failure), changes: 0)
    }

    private func explain(_ error: any Error) -> (message: String, cure: String) {
        switch error {
        case let error as UnknownValue:
            (
                "the playbook asks for a value \(error.name) that does not exist",
                "take it out of its values: list"
            )
        case let error as JoinRefused: (error.finding.message, error.finding.cure)
        case let error as PlaybookError:
            ("\(error)", error.cure ?? "look at the login of that user on the host")
        case let error as MissingPlaybook:
            ("\(error.path) was not read", "this is a fault of mooc-cluster itself")
        default: surroundings.explain(error)
        }
    }
}

/// A phase whose playbook was not read before the run.
private struct MissingPlaybook: Error {
    let path: String
}
