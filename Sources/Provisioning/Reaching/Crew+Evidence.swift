import Inventory
import Playbook
import Synchronization

extension Crew {
    /// On how many other hosts at most it is read what keeps them from being Ready.
    private static let most = 3

    /// Reads what a person would look at, on a host where a playbook has failed, and on nodes that are not Ready.
    ///
    /// - Parameters:
    ///   - phase: what has failed.
    ///   - path: the playbook that reads it; nil where there is none.
    ///   - host: where it has failed.
    /// - Returns: what was read; a host that cannot be asked is left out.
    func evidence(for phase: Phase, _ path: String?, on host: Host) async -> [Evidence] {
        guard let path, let playbook = library[path] else { return [] }
        let (own, unready) = await read(playbook, for: phase, on: host)
        var seen = [own]
        for name in unready.prefix(Self.most) where name != host.name {
            guard let neighbour = neighbours.first(where: { $0.name == name }) else { continue }
            seen.append(await read(playbook, for: phase, on: phase.present(neighbour)).evidence)
        }
        return seen.filter { !$0.lines.isEmpty }
    }

    private func read(
        _ playbook: Playbook, for phase: Phase, on host: Host
    ) async -> (evidence: Evidence, unready: [String]) {
        let lines = Mutex<[String]>([])
        // As a plan, so that it cannot change anything.
        let result = try? await Runner(Runner.Settings(host: host.name)).run(
            playbook, values: Values(), mode: .plan, privilege: try await surroundings.privilege(host),
            on: try await connections.transport(to: host)
        ) { event in
            guard case .output(_, let line) = event else { return }
            lines.withLock { $0.append(line) }
            onEvent(RunEvent(host: host.name, phase: phase.id, kind: .step(event)))
        }
        let unready = (result?.registered["UNREADY_NODES"] ?? "").split(separator: "\n").map(String.init)
        return (Evidence(host: host.name, lines: lines.withLock { $0 }), unready)
    }
}
