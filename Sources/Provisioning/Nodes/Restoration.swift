import Inventory
import Playbook
import Synchronization

/// What a restoration puts back on a host, by the ledger in which every change there was noted.
package struct Restoration: Sendable, Hashable {
    /// The host's name.
    package let host: String
    /// What is put back, in words, a line for each kind of thing; empty where there is nothing.
    package let deeds: [String]
    /// What stays as it is now, though it was changed.
    package let remarks: [String]

    /// Reads what the playbook of ``look`` says: a line for each deed, and one that begins with `!` for a remark.
    init(host: String, said: String) {
        self.host = host
        let lines = said.split(separator: "\n").map(String.init)
        deeds = lines.filter { !$0.hasPrefix("!") }
        remarks = lines.filter { $0.hasPrefix("! ") }.map { String($0.dropFirst(2)) }
    }

    /// The ledger's folder on every host; programs write into it wherever they change something.
    static let values = ["LEDGER": CompileOptions.ledgerFolder]

    static let look = Phase(
        id: "ledger", title: "Ledger", help: "Reads what can be put back; changes nothing.", hosts: .all,
        needs: [])

    static let restore = Phase(
        id: "restore", title: "Restore", help: "Puts back what there was before `up`, by the host's ledger.",
        hosts: .all, needs: [.sameHost("reset"), .sameHost("reset-control-plane"), .sameHost("reset-first")])

    /// Reads the ledgers of hosts, all at once.
    ///
    /// - Parameters:
    ///   - cluster: the inventory.
    ///   - crew: what runs the playbook; it must have read that of ``look``.
    ///   - parallel: how many hosts at once.
    ///   - takes: whether a host is asked.
    /// - Returns: what is to be put back, in the order of hosts, and how asking ended.
    static func look(
        of cluster: Cluster, _ crew: Crew, parallel: Int, _ takes: (Host) -> Bool
    ) async -> (restorations: [Restoration], outcomes: [PhaseOutcome]) {
        let found = Mutex<[String: Restoration]>([:])
        let sequence = PhaseSequence(phases: [look], cluster: cluster, crew: crew, parallel: parallel)
        let outcomes = await sequence.perform { _, host in
            takes(host)
        } values: { _, names in
            try Values(names, of: values)
        } onRegistered: { host, registered in
            guard let said = registered["RESTORATION"] else { return }
            found.withLock { $0[host.name] = Restoration(host: host.name, said: said) }
        }
        let all = found.withLock { $0 }
        return (cluster.hosts.compactMap { all[$0.name] }, outcomes)
    }
}
