import Inventory
import Playbook

/// Looks at all hosts at once, before anything is decided.
struct Survey {
    let cluster: Cluster
    let crew: Crew
    let parallel: Int

    /// What was seen: facts and this machine's time at their arrival, by host, and how looking ended.
    struct Sight {
        var facts: [String: HostFacts] = [:]
        var clocks: [String: Int] = [:]
        var outcomes: [PhaseOutcome] = []
    }

    /// Reads the facts of hosts.
    ///
    /// - Parameter takes: whether a host is looked at.
    /// - Returns: what was seen.
    func perform(_ takes: (Host) -> Bool) async -> Sight {
        let graph = PhaseGraph([Phases.facts], cluster) { takes($1) }
        let notes = Notes()
        let endings = await Scheduler(parallel: parallel).run(graph) { _, item in
            let (outcome, values) = await crew.perform(item.phase, on: item.host) { _ in
                var values = Values()
                values["ROLE"] = item.host.role.rawValue
                for (name, value) in KubeVIP.questionValues(cluster, item.host) { values[name] = value }
                return values
            }
            await notes.take(item.host.name, outcome, values, now: crew.surroundings.now())
            if case .done = outcome.ending { return true }
            return false
        }
        var sight = await notes.sight
        let seen = Set(sight.outcomes.map(\.host))
        for (index, item) in graph.items.enumerated() where !seen.contains(item.host.name) {
            // nothing is needed here, so only an interruption keeps an item from starting
            assert(endings[index] == .interrupted)
            sight.outcomes.append(
                PhaseOutcome(phase: item.phase.id, host: item.host.name, ending: .interrupted, changes: 0))
        }
        return sight
    }

    /// Looks at the control planes again where their list of nodes lacks a host that has joined: what a run that was
    /// cut off had begun may have ended between the looks at the two.
    ///
    /// - Returns: what was seen, with what was seen first.
    func again(after first: Sight) async -> Sight {
        guard cluster.hosts.contains(where: { Situation.isStranger($0, cluster, first.facts) }) else {
            return first
        }
        let second = await perform { $0.role == .controlPlane && first.facts[$0.name] != nil }
        return Sight(
            facts: first.facts.merging(second.facts) { $1 },
            clocks: first.clocks.merging(second.clocks) { $1 },
            outcomes: first.outcomes + second.outcomes)
    }

    /// Gathers what several tasks saw.
    private actor Notes {
        var sight = Sight()

        func take(_ host: String, _ outcome: PhaseOutcome, _ values: Values, now: Int) {
            sight.outcomes.append(outcome)
            guard case .done = outcome.ending else { return }
            sight.facts[host] = HostFacts(values)
            sight.clocks[host] = now
        }
    }
}
