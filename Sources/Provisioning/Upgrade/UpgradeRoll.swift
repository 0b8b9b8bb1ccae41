import Inventory
import Manifests
import Playbook

/// An upgrade that nothing forbids, on its way through the cluster.
struct UpgradeRoll: Sendable {
    let upgrade: ClusterUpgrade
    let plan: UpgradePlan
    let situation: Situation
    let crew: Crew
    let kubectl: Kubectl
    /// The control plane that the cluster is asked and told by.
    let plane: Host

    /// Goes from host to host; the first that fails is the last that is begun.
    ///
    /// - Throws: `InvalidInput` when a playbook is wrong, or what reading a file throws.
    func perform() async throws -> RunReport {
        var report = RunReport(outcomes: await prepare())
        report.turns = UpgradePhases.turns
        let pending = plan.pending.map(\.host)
        let planes = pending.filter { $0.role == .controlPlane }
        for host in planes where report.isDone {
            // a plan takes none away, and has asked etcd once
            if situation.cluster.hosts(of: .controlPlane).count > 1, upgrade.settings.mode == .apply {
                report.append(
                    try await EtcdCrew(upgrade.cluster, upgrade.surroundings, onEvent: upgrade.onEvent)
                        .consent(
                            to: .restart(host.name),
                            cure:
                                "see `mooc-cluster etcd status`; when all members are healthy, run the same command again",
                            patience: 60))
            }
            if report.isDone { report.outcomes += await pass(host) }
        }
        await perform([UpgradePhases.network], &report)
        if report.isDone { report.outcomes += await slide(over: pending.filter { $0.role == .worker }) }
        await perform(UpgradePhases.last, &report)
        if !report.isDone { report.findings += await state() }
        return report
    }

    /// What can be done on all hosts at once while everything runs, so that nothing that fails there takes a node away.
    private func prepare() async -> [PhaseOutcome] {
        let names = Set(plan.pending.map(\.host.name))
        let sequence = PhaseSequence(
            phases: UpgradePhases.preparation, cluster: upgrade.cluster, crew: crew,
            parallel: upgrade.settings.parallel)
        return await sequence.perform { _, host in
            names.contains(host.name)
        } values: { host, names in
            try values(names, for: host, ["PACKAGES": "kubeadm"])
        }
    }

    /// Lets workers pass, so many at once as were asked for; none begins after one that failed.
    private func slide(over workers: [Host]) async -> [PhaseOutcome] {
        await withTaskGroup(of: [PhaseOutcome].self) { group in
            var waiting = workers[...]
            for host in waiting.prefix(upgrade.settings.atOnce) { group.addTask { await pass(host) } }
            waiting = waiting.dropFirst(upgrade.settings.atOnce)
            var outcomes: [PhaseOutcome] = []
            for await ended in group {
                outcomes += ended
                guard RunReport(outcomes: outcomes).isDone, !Task.isCancelled, let next = waiting.popFirst()
                else { continue }
                group.addTask { await pass(next) }
            }
            return outcomes
        }
    }

    /// Upgrades one host: kubeadm, then away with its pods, the runtime and the kubelet, and back with it.
    private func pass(_ host: Host) async -> [PhaseOutcome] {
        let isFirst = host.name == plane.name
        var outcomes: [PhaseOutcome] = []
        func isWell() -> Bool { RunReport(outcomes: outcomes).isDone }
        outcomes.append(
            await perform(UpgradePhases.kubeadm, on: host, ["UPGRADE": isFirst ? "apply" : "node"]))
        if isWell() { outcomes.append(await hold(host.name)) }
        if isWell() {
            let drain = NodePhases.phase(of: .drain(seconds: upgrade.settings.drainSeconds), to: host.name)
            let table = ["NODE_NAME": host.name, "DRAIN_TIMEOUT": "\(upgrade.settings.drainSeconds)"]
            outcomes.append(await perform(drain, on: plane, table))
        }
        for phase in UpgradePhases.drained where isWell() && phase.applies(situation, host) {
            outcomes.append(await perform(phase, on: host))
        }
        if isWell() { outcomes.append(await release(host.name)) }
        return outcomes
    }

    private func perform(_ phases: [Phase], _ report: inout RunReport) async {
        for phase in phases where report.isDone {
            let (outcome, registered) = await crew.perform(phase, on: plane) { try values($0, for: plane) }
            report.outcomes.append(outcome)
            if let text = registered["ADMIN_KUBECONFIG"], !text.isEmpty { report.kubeconfig = Secret(text) }
        }
    }

    private func perform(_ phase: Phase, on host: Host, _ table: [String: String] = [:]) async -> PhaseOutcome
    {
        await crew.perform(phase, on: host) { try values($0, for: host, table) }.0
    }

    /// The values of names: those of `up`, but for a table.
    private func values(
        _ names: [String], for host: Host, _ table: [String: String] = [:]
    ) throws(UnknownValue) -> Values {
        var table = table
        // the containerd that comes has to go with both kubelets
        let before = situation.release.table.rows.first { $0.minor == plan.from.minorName }?.row
        if let end = before?.containerdBelow { table["CONTAINERD_BELOW"] = end }
        var values = try PhaseValues(situation: situation, host: host, material: nil)
            .values(names.filter { table[$0] == nil })
        values.merge(try Values(names.filter { table[$0] != nil }, of: table))
        return values
    }
}
