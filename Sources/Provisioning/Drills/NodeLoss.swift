import Inventory
import Manifests
import Playbook
import YAML

/// A drill: a node is cut off from its network, or from some nodes, and put back.
///
/// A timer on the node puts it back when nothing else does.
package struct NodeLoss: Sendable {
    /// What is about to be done.
    package struct Intent: Sendable {
        /// The node.
        package let node: String
        /// The nodes that it is parted from; empty means all.
        package let peers: [String]
        /// What runs on it, and where that can go.
        package let departure: Departure
        /// The services that pods on it serve.
        package let services: [String]
        /// The data stores on it.
        package let stores: [DataStore]
        /// Seconds after which it is put back.
        package let seconds: Int
    }

    /// Seconds that the node's own timer leaves the tool for putting it back.
    private static let grace = 60

    private let drill: Drill
    private let name: String?
    private let peers: [String]
    private let namespaces: Set<String>
    private let seconds: Int
    private let onEvent: @Sendable (RunEvent) -> Void

    /// Makes it.
    ///
    /// - Parameters:
    ///   - name: the node; nil is the worker with most pods of services that can be asked.
    ///   - peers: the nodes that it is parted from; empty means all.
    ///   - namespaces: where services are asked.
    ///   - seconds: after which the node is put back: at the latest, or, where it is parted from some, always.
    ///   - drill: the way to the cluster.
    ///   - onEvent: called for what happens on the node.
    package init(
        _ name: String?, from peers: [String] = [], in namespaces: Set<String>, seconds: Int, _ drill: Drill,
        onEvent: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.name = name
        self.peers = peers
        self.namespaces = namespaces
        self.seconds = seconds
        self.drill = drill
        self.onEvent = onEvent
    }

    /// Does it; however that ends, the node is put back.
    ///
    /// - Parameter agree: gets what is about to be done, and says whether it is done.
    /// - Returns: what came of it; nil where it was not to be done.
    /// - Throws: ``DrillRefused``, ``DrillBroken``, ``ClusterSilent``, ``UnknownHost``, what `agree` throws, or what
    ///   connecting throws.
    package func perform(agree: @Sendable (Intent) async throws -> Bool) async throws -> DrillReport? {
        let objects = try await DrillObjects.read(drill.kubectl)
        let targets = objects.targets(in: namespaces)
        let serving = Dictionary(
            uniqueKeysWithValues: targets.map { ($0.service, objects.serving($0.service)) }
        )
        .filter { !$0.value.isEmpty }
        let host = try host(serving.values.flatMap { $0.map(\.node) })
        let others = try peers.map { try drill.cluster.host($0) }
        let departure = Departure(of: host.name, in: objects.objects)
        try check(host, others, departure, objects.objects)
        let own = serving.filter { $0.value.contains { $0.node == host.name } }
        let pods = Set(departure.moves.map(\.pod))
        let intent = Intent(
            node: host.name, peers: others.map(\.name), departure: departure, services: own.keys.sorted(),
            stores: objects.stores(among: pods), seconds: seconds)
        guard try await agree(intent) else { return nil }
        let lost = Set(own.values.flatMap { $0 }.filter { $0.node == host.name }.map(\.address))
        // what is on this node alone comes back with it, and is not waited for
        let isBound = departure.moves.filter { $0.target == nil }.map(\.pod)
        let awaited = Set(
            own.filter { service in
                !service.value.contains { pod in
                    pod.node == host.name && isBound.contains { $0.hasSuffix("/\(pod.pod)") }
                }
            }.keys)
        let ways = others.map(\.nodeAddress) + others.flatMap { podNetworks(of: $0.name, objects.objects) }
        return try await drill.observed(targets, serving: Set(serving.keys)) { log in
            let before = log.now.endpoints.filter { serving[$0.key] != nil }
            let cut = NodeCut(host: host, peers: ways, drill: drill, onEvent: onEvent)
            var deeds: [(at: Int, text: String)] = []
            let moment: Int
            do {
                try await cut.make(restoringAfter: seconds + Self.grace)
                moment = try await drill.moment(before: "true")
                deeds.append((moment, "node \(host.name) is cut off"))
                drill.onNote("\(host.name) is cut off; it is put back after \(seconds) s at the latest")
                _ = try await drill.wait(seconds, log) { state in
                    peers.isEmpty && !state.ready.contains(host.name)
                        && DrillReport.areRestored(
                            before.filter { awaited.contains($0.key) }, without: lost, from: moment,
                            state.events)
                }
            } catch {
                await cut.mend()
                throw error
            }
            await cut.mend()
            deeds.append((try await drill.moment(before: "true"), "node \(host.name) is put back"))
            drill.onNote("\(host.name) is put back")
            _ = try await drill.wait(120, log) { state in
                state.ready.contains(host.name)
                    && DrillReport.areRestored(before, without: lost, from: moment, state.events)
            }
            try await drill.sleep(.seconds(3))
            let recorded = try await drill.recorded(in: namespaces, node: host.name, since: moment)
            let parted = others.isEmpty ? "" : " from \(others.map(\.name).joined(separator: ", "))"
            return DrillReport(
                lost: "node \(host.name)\(parted)", moment: moment, addresses: lost, before: before,
                seen: log.now.events, recorded: recorded, deeds: deeds)
        }
    }

    private func host(_ nodes: [String]) throws -> Host {
        if let name { return try drill.cluster.host(name) }
        let workers = drill.cluster.hosts(of: .worker)
        let busiest = workers.max { one, other in
            nodes.count { $0 == one.name } < nodes.count { $0 == other.name }
        }
        guard let busiest else {
            throw DrillRefused(reason: "the inventory has no worker", cure: "name the node to cut off")
        }
        return busiest
    }

    /// Refuses what would do harm, or from which nothing could be learnt.
    private func check(
        _ host: Host, _ others: [Host], _ departure: Departure, _ objects: ClusterObjects
    ) throws(DrillRefused) {
        guard objects.node(host.name)?.isReady == true else {
            throw DrillRefused(
                reason: "\(host.name) is not Ready as it is", cure: "`mooc-cluster node list` says why")
        }
        guard host.name != drill.plane.name else {
            throw DrillRefused(
                reason: "commands go by \(host.name), which could not be put back in time then",
                cure: "name another node")
        }
        if host.role == .controlPlane {
            let planes = drill.cluster.hosts(of: .controlPlane)
            let healthy = planes.count { objects.node($0.name)?.isReady == true } - 1
            guard healthy >= planes.count / 2 + 1 else {
                throw DrillRefused(
                    reason:
                        "without \(host.name), etcd would have \(healthy) of \(planes.count) members, and no quorum",
                    cure: "name a worker")
            }
        }
        guard others.isEmpty else { return }
        guard departure.moves.isEmpty || departure.moves.contains(where: { $0.target != nil }) else {
            throw DrillRefused(
                reason: "nothing that runs on \(host.name) has a place elsewhere: \(departure.moves[0].why)",
                cure: "add a node, or name another one")
        }
    }

    private func podNetworks(of node: String, _ objects: ClusterObjects) -> [String] {
        guard let spec = objects.node(node)?["spec"] else { return [] }
        return [spec["podCIDR"]?.text].compactMap { $0 }.filter { $0.contains(".") }
    }
}
