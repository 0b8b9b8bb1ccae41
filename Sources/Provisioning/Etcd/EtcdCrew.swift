package import Inventory
import Playbook
import YAML

/// Works on etcd from its control planes: the first that can is enough for what concerns all members.
package struct EtcdCrew: Sendable {
    let cluster: Cluster
    let surroundings: Surroundings
    let onEvent: @Sendable (RunEvent) -> Void

    /// Makes one.
    ///
    /// - Parameters:
    ///   - cluster: the inventory.
    ///   - surroundings: what it needs from outside.
    ///   - onEvent: called for everything that happens.
    package init(
        _ cluster: Cluster, _ surroundings: Surroundings, onEvent: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.cluster = cluster
        self.surroundings = surroundings
        self.onEvent = onEvent
    }

    /// Asks etcd how it is, on one control plane after the other until one answers.
    ///
    /// - Parameter patience: how often it is asked again, a second later, while a member does not answer.
    /// - Returns: what came of it, of the last that was asked; and the state, nil when none answered.
    /// - Throws: `InvalidInput` when a playbook is wrong, or what reading a file throws.
    package func look(patience: Int = 0) async throws -> (report: RunReport, state: EtcdState?) {
        var (report, values, _) = try await first(
            EtcdPhases.status, with: ["ETCD_PATIENCE": "\(patience)"])
        // the tools that it takes lie in /run, and are no change of the host
        report.outcomes = report.outcomes.map {
            PhaseOutcome(phase: $0.phase, host: $0.host, ending: $0.ending, changes: 0)
        }
        return (
            report,
            EtcdState(
                members: values["ETCD_MEMBERS"] ?? "", health: values["ETCD_HEALTH"] ?? "",
                status: values["ETCD_STATUS"] ?? "", alarms: values["ETCD_ALARMS"] ?? "")
        )
    }

    /// Asks whether etcd keeps its quorum through a change of one member; one that has left already may leave.
    ///
    /// - Parameters:
    ///   - change: the change.
    ///   - cure: what would make it possible.
    ///   - patience: as for ``look(patience:)``.
    /// - Returns: what came of asking, with an error where etcd cannot do without the member, or does not tell.
    /// - Throws: as ``look(patience:)``.
    func consent(to change: Quorum.Change, cure: String, patience: Int = 0) async throws -> RunReport {
        var (report, state) = try await look(patience: patience)
        guard report.isDone else { return report }
        guard let state else {
            report.findings = [silence(to: change.name)]
            return report
        }
        if case .remove(let name) = change, !state.members.contains(where: { $0.name == name }) {
            return report
        }
        if let reason = state.quorum.verdict(on: change).reason {
            report.findings = [Finding(.error, host: change.name, reason, cure: cure)]
        }
        return report
    }

    /// Asks whether etcd can take in the member of a control plane that joins; members are given time to answer.
    ///
    /// - Parameter joining: what joins.
    /// - Returns: what came of asking, with an error where it cannot, or does not tell.
    /// - Throws: as ``look(patience:)``.
    func consent(to joining: EtcdJoin) async throws -> RunReport {
        var (report, state) = try await look(patience: 10)
        guard report.isDone else { return report }
        report.findings = [state.map(joining.objection) ?? silence(to: joining.host.name)].compactMap(\.self)
        return report
    }

    private func silence(to host: String) -> Finding {
        Finding(
            .error, host: host, "etcd gives no list of its members", cure: "see `mooc-cluster etcd status`")
    }

    /// Runs a phase on one control plane after the other until it is done on one.
    ///
    /// - Returns: what came of the last; what it registered there; and which host it was.
    func first(
        _ phase: Phase, with table: [String: String]
    ) async throws -> (report: RunReport, values: Values, host: Host?) {
        let phases = [EtcdPhases.tool, phase]
        let crew = Crew(
            surroundings: surroundings, library: try PlaybookLibrary(phases.map(\.playbook), surroundings),
            mode: .apply, onEvent: onEvent)
        let table = table.merging(["RUNTIME": cluster.kubernetes.runtime.rawValue]) { $1 }
        var report = RunReport()
        for host in cluster.hosts(of: .controlPlane) {
            report = RunReport()
            var values = Values()
            for phase in phases where report.isDone {
                let (outcome, registered) = await crew.perform(phase, on: host) { try Values($0, of: table) }
                report.outcomes.append(outcome)
                values.merge(registered)
            }
            if report.isDone || report.isInterrupted { return (report, values, host) }
        }
        return (report, Values(), nil)
    }
}
