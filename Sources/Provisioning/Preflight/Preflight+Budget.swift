import Inventory
import Manifests

extension Preflight {
    /// Whether the nodes have room for the application's pods, and for the one more that a roll-out or a job needs.
    ///
    /// Pods of others in the cluster are not known here.
    mutating func checkBudget(_ demand: Demand) {
        let count = cluster.hosts.count
        var rooms = cluster.hosts.compactMap { host in
            facts[host.name].flatMap {
                NodeRoom(host, $0, cluster.kubernetes, hosts: count)
            }
        }
        let before = findings.count
        for index in rooms.indices { checkVolumes(&rooms[index], demand) }
        let workers = cluster.hosts(of: .worker)
        let takers = (workers.isEmpty ? cluster.hosts : workers).filter(\.takesPods)
        // Of hosts that take no part in the run nothing is known.
        guard findings.count == before,
            takers.allSatisfy({ taker in rooms.contains { $0.host.name == taker.name } })
        else { return }
        rooms.removeAll { room in !takers.contains { $0.name == room.host.name } }
        checkOthers(rooms, demand)
    }

    /// The pods that stand where their volumes are.
    private mutating func checkVolumes(_ room: inout NodeRoom, _ demand: Demand) {
        let own = demand.workloads.filter { $0.node == room.host.name }
        guard !own.isEmpty else { return }
        let more = own.filter(\.startsAnother)
        let lasting = Amount(ofAll: own)
        let needed = Amount(
            processors: lasting.processors + (more.map(\.processors).max() ?? 0),
            memory: lasting.memory + (more.map(\.memory).max() ?? 0))
        if !needed.fits(into: room.left) {
            error(
                room.host,
                "\(demand.name) needs \(needed.asNeeded) for the pods whose volumes are here and one that is rolled out;"
                    + " the host has \(room.left.asLeft) for pods",
                cure: demand.cure("a larger host, or put volumes on another one with openedx.volumeNodes"))
        }
        let copies = own.reduce(0) { $0 + $1.copies }
        let pods = copies + (more.isEmpty ? 0 : 1)
        if pods > room.places {
            error(
                room.host,
                "\(demand.name) has \(pods) pods whose volumes are here, with one that is rolled out; the host has places"
                    + " for \(room.places) pods",
                cure: demand.cure(
                    "a shorter kubernetes.nodeCIDRMask for a new cluster, or put volumes on another host with openedx.volumeNodes"
                ))
        }
        room.take(lasting, pods: copies)
    }

    /// The pods that may stand anywhere, the largest first, each where most is left.
    private mutating func checkOthers(_ rooms: [NodeRoom], _ demand: Demand) {
        var left = rooms
        var homeless: [Demand.Workload] = []
        let free = demand.workloads.filter { $0.node == nil }.sorted { $0.memory > $1.memory }
        for workload in free {
            let pod = Amount(workload)
            for _ in 0..<workload.copies {
                let best = left.indices.filter { left[$0].takes(pod) }
                    .max { left[$0].left.memory < left[$1].left.memory }
                guard let best else {
                    homeless.append(workload)
                    break
                }
                left[best].take(pod)
            }
        }
        for workload in free where workload.startsAnother && !homeless.contains(workload) {
            let pod = Amount(workload)
            if !left.contains(where: { $0.takes(pod) }) { homeless.append(workload) }
        }
        guard !homeless.isEmpty else { return }
        let names = homeless.map { "\($0.name) (\(Amount($0).asNeeded) a pod)" }
        let places = rooms.map { "\($0.host.name) \($0.left.asLeft) (\($0.places) pods)" }
        error(
            nil,
            "\(demand.name) needs \(Amount(ofAll: free).asNeeded) for the pods that may stand anywhere, and there is no room for all of"
                + " \(names.joined(separator: ", ")), or for one more while it is rolled out;"
                + " the hosts have \(places.isEmpty ? "nothing" : places.joined(separator: ", ")) for pods",
            cure: demand.cure("another worker"))
    }
}

extension Host {
    /// Whether pods that tolerate nothing may stand on it, as far as the inventory says.
    fileprivate var takesPods: Bool {
        !taints.contains { $0.hasSuffix(":NoSchedule") || $0.hasSuffix(":NoExecute") }
    }
}

extension Demand {
    /// What asks, at the start of a sentence.
    fileprivate var name: String { size.map { "size '\($0)' of the platform" } ?? "the platform" }

    /// The ways out.
    fileprivate func cure(_ other: String) -> String {
        smaller.last.map { "set openedx.size: \($0), or take \(other)" } ?? "take \(other)"
    }
}
