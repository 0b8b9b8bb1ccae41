import Inventory
import Manifests

extension Preflight {
    /// Whether the nodes have room for what the application asks for, and for the one pod more that a roll-out or a job
    /// needs. Pods of others in the cluster are not known here.
    mutating func checkBudget(_ demand: Demand) {
        let count = cluster.hosts.count
        var rooms = cluster.hosts.compactMap { host in
            facts[host.name].map { Room(host, $0, plugin: cluster.kubernetes.networkPlugin, hosts: count) }
        }
        let before = findings.count
        for index in rooms.indices { checkVolumes(&rooms[index], demand) }
        let workers = cluster.hosts(of: .worker)
        let takers = (workers.isEmpty ? cluster.hosts : workers).filter(\.takesPods)
        // Of hosts that take no part in the run nothing is known.
        guard findings.count == before, takers.allSatisfy({ facts[$0.name] != nil }) else { return }
        rooms.removeAll { room in !takers.contains { $0.name == room.host.name } }
        checkOthers(rooms, demand)
    }

    /// The pods that stand where their volumes are.
    private mutating func checkVolumes(_ room: inout Room, _ demand: Demand) {
        let own = demand.workloads.filter { $0.node == room.host.name }
        let more = own.filter(\.startsAnother)
        let processors = own.reduce(0) { $0 + $1.copies * $1.processors }
        let memory = own.reduce(0) { $0 + $1.copies * $1.memory }
        let needed = Amount(
            processors: processors + (more.map(\.processors).max() ?? 0),
            memory: memory + (more.map(\.memory).max() ?? 0))
        if !needed.fits(into: room.left) {
            error(
                room.host,
                "\(demand.name) needs \(needed.asNeeded) for the pods whose volumes are here and one that is rolled out;"
                    + " the host has \(room.left.asLeft) for pods",
                cure: demand.cure("a larger host, or put volumes on another one with openedx.volumeNodes"))
        }
        room.left.processors -= processors
        room.left.memory -= memory
    }

    /// The pods that may stand anywhere, the largest first, each where most is left.
    private mutating func checkOthers(_ rooms: [Room], _ demand: Demand) {
        var left = rooms
        var homeless: [Demand.Workload] = []
        let free = demand.workloads.filter { $0.node == nil }.sorted { $0.memory > $1.memory }
        for workload in free {
            let pod = Amount(processors: workload.processors, memory: workload.memory)
            for _ in 0..<workload.copies {
                let best = left.indices.filter { pod.fits(into: left[$0].left) }
                    .max { left[$0].left.memory < left[$1].left.memory }
                guard let best else {
                    homeless.append(workload)
                    break
                }
                left[best].left.processors -= pod.processors
                left[best].left.memory -= pod.memory
            }
        }
        for workload in free where workload.startsAnother && !homeless.contains(workload) {
            let pod = Amount(processors: workload.processors, memory: workload.memory)
            if !left.contains(where: { pod.fits(into: $0.left) }) { homeless.append(workload) }
        }
        guard !homeless.isEmpty else { return }
        let needed = Amount(
            processors: free.reduce(0) { $0 + $1.copies * $1.processors },
            memory: free.reduce(0) { $0 + $1.copies * $1.memory })
        let names = homeless.map { "\($0.name) (\(Amount($0).asNeeded) a pod)" }
        let places = rooms.map { "\($0.host.name) \($0.left.asLeft)" }
        error(
            nil,
            "\(demand.name) needs \(needed.asNeeded) for the pods that may stand anywhere, and there is no room for all of"
                + " \(names.joined(separator: ", ")), or for one more while it is rolled out;"
                + " the hosts have \(places.isEmpty ? "nothing" : places.joined(separator: ", ")) for pods",
            cure: demand.cure("another worker"))
    }
}

/// Processors and memory.
private struct Amount {
    /// Thousandths of a processor.
    var processors: Int
    /// MiB.
    var memory: Int

    /// Makes one of its parts.
    init(processors: Int, memory: Int) {
        self.processors = processors
        self.memory = memory
    }

    /// What one pod asks for.
    init(_ workload: Demand.Workload) { self.init(processors: workload.processors, memory: workload.memory) }

    /// Whether there is as much of both.
    func fits(into other: Amount) -> Bool { processors <= other.processors && memory <= other.memory }

    /// In words, rounded up.
    var asNeeded: String { words(hundredths: (processors + 9) / 10) }
    /// In words, rounded down.
    var asLeft: String { words(hundredths: max(processors, 0) / 10) }

    private func words(hundredths: Int) -> String {
        let part = hundredths % 100
        return "\(hundredths / 100).\(part < 10 ? "0" : "")\(part) processors and \(max(memory, 0)) MiB"
    }
}

/// What a host has for pods of the application.
private struct Room {
    /// The host.
    let host: Host
    /// What is left on it.
    var left: Amount

    /// A host without what runs on it anyhow: the requests of what kubeadm and the network plugin start, and 512 MiB for
    /// the system, the kubelet and the runtime; on a control plane 1 GiB more, which its parts take and do not ask for.
    init(_ host: Host, _ facts: HostFacts, plugin: Kubernetes.NetworkPlugin, hosts: Int) {
        self.host = host
        left = Amount(processors: facts.processors * 1000, memory: facts.memoryKiB / 1024 - 512)
        // Two of CoreDNS, on two hosts if there are.
        let names = hosts > 1 ? 1 : 2
        left.processors -= 100 * names
        left.memory -= 70 * names
        switch plugin {
        case .calico: left.processors -= 250
        case .flannel:
            left.processors -= 100
            left.memory -= 50
        case .url, .file: break
        }
        if host.role == .controlPlane {
            left.processors -= 650
            left.memory -= 1024
        }
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
