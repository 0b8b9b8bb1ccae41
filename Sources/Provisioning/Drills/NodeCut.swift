import Inventory
import Playbook

/// Cuts a node off and puts it back, over SSH, which stays.
struct NodeCut: Sendable {
    /// The node.
    let host: Host
    /// Addresses and networks that it is parted from; empty means all.
    let peers: [String]
    /// The way to it.
    let drill: Drill
    /// Called for what happens there.
    let onEvent: @Sendable (RunEvent) -> Void

    /// Cutting it off.
    static let cut = phase("drill-cut", "Cut off")
    /// Putting it back.
    static let restore = phase("drill-restore", "Put back")

    private static func phase(_ id: String, _ title: String) -> Phase {
        Phase(id: id, title: title, help: "", hosts: .all, needs: [])
    }

    /// Cuts it off, once its own timer stands that puts it back.
    ///
    /// - Throws: ``DrillRefused`` when that cannot be done there, and `InvalidInput` when the playbook is wrong.
    func make(restoringAfter seconds: Int) async throws {
        var values = Values()
        values["NODE_ADDRESS"] = host.nodeAddress
        values["PEERS"] = peers.joined(separator: " ")
        values["RESTORE_SECONDS"] = "\(seconds)"
        let outcome = try await perform(Self.cut, values)
        switch outcome.ending {
        case .done: return
        case .failed(let failure):
            throw DrillRefused(
                reason: "\(host.name) cannot be cut off: \(failure.message)"
                    + (failure.output.last.map { " (\($0))" } ?? ""), cure: failure.next)
        case .interrupted, .lost: throw CancellationError()
        }
    }

    /// Puts it back, also where the task is cancelled; what fails is said, and left to the node's timer.
    func mend() async {
        let work = Task { try await perform(Self.restore, Values()) }
        guard let outcome = try? await work.value, case .done = outcome.ending else {
            drill.onNote("\(host.name) could not be put back from here; its own timer does it")
            return
        }
    }

    private func perform(_ phase: Phase, _ values: Values) async throws -> PhaseOutcome {
        let library = try PlaybookLibrary([phase.playbook], drill.surroundings)
        let crew = Crew(surroundings: drill.surroundings, library: library, mode: .apply, onEvent: onEvent)
        return await crew.perform(phase, on: host) { _ in values }.0
    }
}
