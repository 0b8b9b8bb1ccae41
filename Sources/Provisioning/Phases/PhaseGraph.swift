package import Inventory

/// Which phase runs on which host, and what each of these waits for.
package struct PhaseGraph: Sendable {
    /// One phase on one host.
    package struct Item: Sendable {
        /// The phase.
        package let phase: Phase
        /// The host.
        package let host: Host
        /// Indices of items that must have succeeded.
        package var needs: [Int]
        /// Indices of items that must have ended, however they did.
        package var turns: [Int]
    }

    /// The items in the order of phases, then of hosts.
    package let items: [Item]

    /// Builds the graph of a run.
    ///
    /// A need for a phase that is left out for a host counts for what that phase itself needs.
    ///
    /// - Parameters:
    ///   - phases: in an order in which no phase needs a later one.
    ///   - cluster: the inventory.
    ///   - takes: whether a phase has anything to do for a host that takes part.
    package init(_ phases: [Phase], _ cluster: Cluster, takes: (Phase, Host) -> Bool) {
        var items: [Item] = []
        var places: [String: [String: Int]] = [:]
        for phase in phases {
            var previous: Int?
            for host in phase.hosts(of: cluster) where takes(phase, host) {
                places[phase.id, default: [:]][host.name] = items.count
                let turns = phase.isSerial ? previous.map { [$0] } ?? [] : []
                previous = items.count
                items.append(Item(phase: phase, host: host, needs: [], turns: turns))
            }
        }
        let table = Dictionary(phases.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let lookup = Lookup(phases: table, places: places, cluster: cluster)
        for index in items.indices {
            var found: Set<Int> = []
            for need in items[index].phase.needs {
                found.formUnion(lookup.items(for: need, host: items[index].host))
            }
            items[index].needs = found.sorted()
        }
        self.items = items
    }

    /// Resolves needs to items.
    private struct Lookup {
        let phases: [String: Phase]
        let places: [String: [String: Int]]
        let cluster: Cluster

        func items(for need: Phase.Need, host: Host) -> Set<Int> {
            guard let phase = phases[need.phase] else { return [] }
            switch need {
            case .sameHost: return items(of: phase, on: host)
            case .firstControlPlane:
                return cluster.firstControlPlane.map { items(of: phase, on: $0) } ?? []
            case .everywhere:
                var found: Set<Int> = []
                for host in phase.hosts(of: cluster) { found.formUnion(items(of: phase, on: host)) }
                return found
            }
        }

        private func items(of phase: Phase, on host: Host) -> Set<Int> {
            if let index = places[phase.id]?[host.name] { return [index] }
            var found: Set<Int> = []
            for need in phase.needs { found.formUnion(items(for: need, host: host)) }
            return found
        }
    }
}
