import Inventory
import Playbook

/// Runs a list of phases by their graph and gathers how they ended.
struct PhaseSequence {
    let phases: [Phase]
    let cluster: Cluster
    let crew: Crew
    let parallel: Int

    /// Runs the phases.
    ///
    /// - Parameters:
    ///   - takes: whether a phase has anything to do for a host.
    ///   - before: asked when an item is about to start on a host that was reached; it throws to stop it there.
    ///   - values: the values of the names that an item's playbook asks for.
    ///   - onRegistered: called with what an item on a host registered.
    /// - Returns: how each phase ended on each host.
    func perform(
        takes: (Phase, Host) -> Bool,
        before: @escaping @Sendable (Phase, Host) async throws -> Void = { _, _ in },
        values: @escaping @Sendable (Host, [String]) async throws -> Values,
        onRegistered: @escaping @Sendable (Host, Values) async -> Void = { _, _ in }
    ) async -> [PhaseOutcome] {
        let graph = PhaseGraph(phases, cluster, takes: takes)
        let board = Board()
        let endings = await Scheduler(parallel: parallel).run(graph) { index, item in
            let (outcome, registered) = await crew.perform(item.phase, on: item.host) { names in
                try await before(item.phase, item.host)
                return try await values(item.host, names)
            }
            await onRegistered(item.host, registered)
            await board.set(outcome, at: index)
            if case .done = outcome.ending { return true }
            return false
        }
        let outcomes = await board.outcomes
        return graph.items.indices.map { outcomes[$0] ?? Self.unstarted(graph, $0, endings[$0]) }
    }

    /// The outcome of an item that never started.
    private static func unstarted(
        _ graph: PhaseGraph, _ index: Int, _ ending: Scheduler.Ending
    ) -> PhaseOutcome {
        let item = graph.items[index]
        let how: PhaseOutcome.Ending
        if case .lost(let cause) = ending {
            how = .lost(because: "\(graph.items[cause].phase.id) on \(graph.items[cause].host.name)")
        } else {
            how = .interrupted
        }
        return PhaseOutcome(phase: item.phase.id, host: item.host.name, ending: how, changes: 0)
    }

    /// How items ended, by index.
    private actor Board {
        var outcomes: [Int: PhaseOutcome] = [:]

        func set(_ outcome: PhaseOutcome, at index: Int) { outcomes[index] = outcome }
    }
}
