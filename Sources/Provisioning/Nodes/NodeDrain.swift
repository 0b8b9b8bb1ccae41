package import Inventory
package import Playbook
import YAML

/// Keeps pods off nodes that stay in their cluster, and lets them back.
package struct NodeDrain: Sendable {
    /// What is done to the nodes.
    package enum Deed: Sendable, Hashable {
        /// They take no new pods.
        case cordon
        /// They take pods again.
        case uncordon
        /// They take no new pods, and theirs go elsewhere in so many seconds.
        case drain(seconds: Int)
    }

    private let cluster: Cluster
    private let names: [String]
    private let deed: Deed
    private let mode: RunMode
    private let surroundings: Surroundings
    private let onEvent: @Sendable (RunEvent) -> Void

    /// Makes it.
    ///
    /// - Parameters:
    ///   - deed: what is done.
    ///   - names: the nodes, in whose order it is done.
    ///   - cluster: the inventory.
    ///   - surroundings: what it needs from outside.
    ///   - mode: whether it is done, or only said what it would change.
    ///   - onEvent: called for everything that happens, from several tasks.
    /// - Throws: ``UnknownHost`` when the inventory has no host of a name.
    package init(
        _ deed: Deed, _ names: [String], of cluster: Cluster, _ surroundings: Surroundings,
        mode: RunMode = .apply, onEvent: @escaping @Sendable (RunEvent) -> Void
    ) throws(UnknownHost) {
        var hosts: [String] = []
        for name in names {
            let known = try cluster.host(name).name
            if !hosts.contains(known) { hosts.append(known) }
        }
        self.names = hosts
        self.deed = deed
        self.mode = mode
        self.cluster = cluster
        self.surroundings = surroundings
        self.onEvent = onEvent
    }

    /// Does it, one node after the other; the first that fails is the last.
    ///
    /// - Parameter agree: gets what each drain means, and whether it is refused, before the first node is touched; it
    ///   throws to stop there.
    /// - Returns: what came of it.
    /// - Throws: `InvalidInput` when a playbook is wrong, ``NoControlPlane``, ``KubectlLost``, what `agree` throws, or
    ///   what connecting to the control plane throws.
    package func perform(
        agree: @Sendable ([Departure], _ isRefused: Bool) async throws -> Void = { _, _ in }
    ) async throws -> RunReport {
        guard let plane = cluster.firstControlPlane else { throw NoControlPlane() }
        let phases = names.map { NodePhases.phase(of: deed, to: $0) }
        let library = try PlaybookLibrary(phases.map(\.playbook), surroundings)
        let crew = Crew(surroundings: surroundings, library: library, mode: mode, onEvent: onEvent)
        let kubectl = Kubectl(
            on: plane, over: crew.connections, try await surroundings.privilege(plane))
        var report = RunReport()
        do {
            let objects = try await ClusterObjects.read(kubectl)
            let departures = names.map { Departure(of: $0, in: objects, with: names) }
            report.findings = names.filter { objects.node($0) == nil }.map { name in
                Finding(
                    .error, host: name, "the cluster has no node of that name",
                    cure: "`mooc-cluster node list` shows those that it has")
            }
            if case .drain = deed {
                report.findings += departures.flatMap { $0.findings(for: .drain, .init()) }
                report.departures = departures
            }
        } catch let error as ClusterSilent {
            report.findings = [error.finding(about: plane.name)]
        }
        try await agree(report.departures, report.isRefused)
        guard !report.isRefused else { return report }
        report.turns = Set(phases.map(\.id))
        for (name, phase) in zip(names, phases) where report.isDone {
            report.outcomes += await perform(phase, on: name, crew)
        }
        if !report.isDone { report.findings = await state(kubectl) }
        return report
    }

    private func perform(_ phase: Phase, on node: String, _ crew: Crew) async -> [PhaseOutcome] {
        var table = ["NODE_NAME": node, "KUBECONFIG": "/etc/kubernetes/admin.conf"]
        if case .drain(let seconds) = deed { table["DRAIN_TIMEOUT"] = "\(seconds)" }
        let values = table
        return await PhaseSequence(phases: [phase], cluster: cluster, crew: crew, parallel: 1)
            .perform { _, _ in
                true
            } values: { _, names in
                try Values(names, of: values)
            }
    }

    /// How the nodes stand after a drain that did not come to its end.
    private func state(_ kubectl: Kubectl) async -> [Finding] {
        guard case .drain = deed else { return [] }
        // This task may be cancelled, and the cluster is asked all the same.
        let asking = Task { try await ClusterObjects.read(kubectl) }
        guard let objects = try? await asking.value else { return [] }
        return names.flatMap { name -> [Finding] in
            guard objects.node(name)?["spec"]?["unschedulable"]?.text == "true" else {
                return [
                    Finding(.warning, host: name, "it takes pods as before", cure: "nothing was done to it")
                ]
            }
            let departure = Departure(of: name, in: objects, with: names)
            let left = departure.moves.map(\.pod).joined(separator: ", ")
            let state = Finding(
                .warning, host: name,
                "it takes no new pods; "
                    + (left.isEmpty ? "no pod has to go any more" : "there are still \(left)"),
                cure: "`mooc-cluster node drain \(name)` goes on, "
                    + "`mooc-cluster node uncordon \(name)` takes it back")
            // What was in the way is no reason any more to call it refused.
            let reasons = departure.findings(for: .drain, .init()).map {
                Finding(.warning, host: $0.host, $0.message, cure: $0.cure)
            }
            return [state] + reasons
        }
    }
}
