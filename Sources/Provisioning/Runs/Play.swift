package import Inventory
package import Playbook

/// Runs playbook files one after the other on hosts, all hosts at once: what a site has besides the phases.
package struct Play: Sendable {
    let cluster: Cluster
    let surroundings: Surroundings
    let settings: Run.Settings
    let onEvent: @Sendable (RunEvent) -> Void

    /// Makes a play.
    ///
    /// - Parameters:
    ///   - cluster: the inventory.
    ///   - surroundings: what it needs from outside.
    ///   - settings: what is asked of it; `skipped` has no meaning here.
    ///   - onEvent: called for everything that happens, from several tasks.
    package init(
        _ cluster: Cluster, _ surroundings: Surroundings, _ settings: Run.Settings,
        onEvent: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.cluster = cluster
        self.surroundings = surroundings
        self.settings = settings
        self.onEvent = onEvent
    }

    /// Runs playbooks to the end.
    ///
    /// What a playbook registers is a value for those after it on the same host.
    ///
    /// - Parameters:
    ///   - files: paths, which `surroundings.asset` reads.
    ///   - values: what the playbooks may name in `values:`, besides `NODE_NAME` and `NODE_ADDRESS`, which each
    ///     host has of its own.
    /// - Returns: what came of it; a host that fails does not throw.
    /// - Throws: `InvalidInput` when a playbook is wrong, or what reading a file throws.
    package func perform(_ files: [String], values: Values) async throws -> RunReport {
        await perform(files, try PlaybookLibrary(files, surroundings), values)
    }

    /// Runs one playbook that is no file; its name is what the run calls it.
    ///
    /// - Returns: what came of it; a host that fails does not throw.
    package func perform(_ playbook: Playbook) async -> RunReport {
        await perform([playbook.name], PlaybookLibrary([playbook.name: playbook]), Values())
    }

    private func perform(_ files: [String], _ library: PlaybookLibrary, _ values: Values) async -> RunReport {
        let phases = files.enumerated().map { index, file in
            Phase(
                id: file, title: file, help: "", hosts: .all,
                needs: index == 0 ? [] : [.sameHost(files[index - 1])], file: file)
        }
        let crew = Crew(surroundings: surroundings, library: library, mode: settings.mode, onEvent: onEvent)
        let sequence = PhaseSequence(
            phases: phases, cluster: cluster, crew: crew, parallel: settings.parallel)
        let memory = Memory()
        let outcomes = await sequence.perform { _, host in
            settings.hosts?.contains(host.name) ?? true
        } values: { host, _ in
            var known = Values()
            known["NODE_NAME"] = host.name
            known["NODE_ADDRESS"] = host.nodeAddress
            known.merge(values)
            known.merge(await memory.registered[host.name] ?? Values())
            return known
        } onRegistered: { host, values in
            await memory.take(values, of: host.name)
        }
        return RunReport(outcomes: outcomes)
    }

    /// What playbooks left, by host.
    private actor Memory {
        private(set) var registered: [String: Values] = [:]

        func take(_ values: Values, of host: String) { registered[host, default: Values()].merge(values) }
    }
}
