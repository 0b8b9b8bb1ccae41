package import Inventory
package import Playbook
import Synchronization
import YAML

/// Looks at the cluster's certificates, and renews them.
package struct CertificateCrew: Sendable {
    private let cluster: Cluster
    private let surroundings: Surroundings
    private let onEvent: @Sendable (RunEvent) -> Void

    /// Makes one.
    ///
    /// - Parameters:
    ///   - cluster: the inventory.
    ///   - surroundings: what it needs from outside.
    ///   - onEvent: called for everything that happens, from several tasks.
    package init(
        _ cluster: Cluster, _ surroundings: Surroundings, onEvent: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.cluster = cluster
        self.surroundings = surroundings
        self.onEvent = onEvent
    }

    static let show = Phase(
        id: "certificates", title: "Certificates", help: "Reads when certificates end.", hosts: .all,
        needs: [])

    static let renew = Phase(
        id: "certificates-renew", title: "Renewal of certificates",
        help: "Renews a control plane's certificates, and restarts what uses them.", hosts: .all, needs: [])

    /// Reads the certificates of hosts, all at once.
    ///
    /// - Parameters:
    ///   - parallel: how many hosts at once.
    ///   - takes: whether a host is asked.
    /// - Returns: what came of it, and the certificates in the order of hosts.
    /// - Throws: `InvalidInput` when the playbook is wrong, or what reading a file throws.
    package func look(
        parallel: Int = 50, _ takes: @escaping (Host) -> Bool
    ) async throws -> (report: RunReport, certificates: [Certificate]) {
        let found = Mutex<[String: [Certificate]]>([:])
        let sequence = PhaseSequence(
            phases: [Self.show], cluster: cluster, crew: try crew(for: [Self.show]), parallel: parallel)
        let outcomes = await sequence.perform { _, host in
            takes(host)
        } values: { _, _ in
            Values()
        } onRegistered: { host, values in
            let list = Certificate.read(values["CERTIFICATES"] ?? "", host: host.name)
            found.withLock { $0[host.name] = list }
        }
        let all = found.withLock { $0 }
        return (RunReport(outcomes: outcomes), cluster.hosts.flatMap { all[$0.name] ?? [] })
    }

    /// Renews the certificates of all control planes, one after the other; the first that fails ends it.
    ///
    /// Where there are several, none is begun before etcd can do without it for a moment, so that the API answers all
    /// the time; a single one is away for as long as it takes to start again.
    ///
    /// - Parameters:
    ///   - name: tells this renewal from another.
    ///   - mode: whether it is done, or only said what it would change.
    /// - Returns: what came of it, with the new kubeconfig.
    /// - Throws: `InvalidInput` when a playbook is wrong, or what reading a file throws.
    package func renew(named name: String, mode: RunMode = .apply) async throws -> RunReport {
        let phases = [EtcdPhases.tool, Self.renew, Phases.kubeconfig]
        let crew = try crew(for: phases, mode)
        let table = ["RENEWAL": name, "RUNTIME": cluster.kubernetes.runtime.rawValue]
        let planes = cluster.hosts(of: .controlPlane)
        var report = RunReport()
        report.turns = Set(phases.map(\.id))
        for plane in planes {
            if planes.count > 1 {
                let cure = "see `mooc-cluster etcd status`; when all members are healthy, "
                report.append(
                    try await EtcdCrew(cluster, surroundings, onEvent: onEvent)
                        .consent(to: .restart(plane.name), cure: cure + "run the same command again"))
            }
            // one kubeconfig is enough, the first one's
            for phase in report.kubeconfig == nil ? phases : phases.dropLast() where report.isDone {
                let (outcome, values) = await crew.perform(phase, on: plane) { names in
                    try Values(names, of: table.merging(["HOST_ADDRESS": plane.address]) { $1 })
                }
                report.outcomes.append(outcome)
                if report.kubeconfig == nil, let text = values["ADMIN_KUBECONFIG"], !text.isEmpty {
                    report.kubeconfig = Secret(text)
                }
            }
            guard report.isDone else { break }
        }
        return report
    }

    private func crew(for phases: [Phase], _ mode: RunMode = .apply) throws -> Crew {
        Crew(
            surroundings: surroundings, library: try PlaybookLibrary(phases.map(\.playbook), surroundings),
            mode: mode, onEvent: onEvent)
    }
}
