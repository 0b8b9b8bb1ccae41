/// A drill: one pod of a service is killed, and what serves in its place is waited for.
package struct PodLoss: Sendable {
    /// What is about to be done.
    package struct Intent: Sendable {
        /// `namespace/name` of the service.
        package let service: String
        /// `namespace/name` of the pod.
        package let pod: String
        /// Its node.
        package let node: String
        /// How many pods serve now.
        package let serving: Int
        /// The data stores in it.
        package let stores: [DataStore]
        /// Seconds until it is no longer waited for.
        package let seconds: Int
    }

    private let drill: Drill
    private let name: String
    private let namespaces: Set<String>
    private let limit: Int

    /// Makes it.
    ///
    /// - Parameters:
    ///   - name: the service's name, or `namespace/name`.
    ///   - namespaces: where it may be.
    ///   - limit: seconds until it is no longer waited for.
    ///   - drill: the way to the cluster.
    package init(_ name: String, in namespaces: Set<String>, limit: Int, _ drill: Drill) {
        self.name = name
        self.namespaces = namespaces
        self.limit = limit
        self.drill = drill
    }

    /// Does it.
    ///
    /// - Parameter agree: gets what is about to be done, and says whether it is done.
    /// - Returns: what came of it; nil where it was not to be done.
    /// - Throws: ``DrillRefused``, ``DrillBroken``, ``ClusterSilent``, what `agree` throws, or what connecting throws.
    package func perform(agree: @Sendable (Intent) async throws -> Bool) async throws -> DrillReport? {
        let objects = try await DrillObjects.read(drill.kubectl)
        let known = objects.targets(in: namespaces)
        let found = known.filter { $0.service == name || $0.service.hasSuffix("/\(name)") }
        guard let target = found.first, found.count == 1 else {
            let names = (found.isEmpty ? known : found).map(\.service).sorted().joined(separator: ", ")
            throw DrillRefused(
                reason: found.isEmpty
                    ? "there is no service '\(name)' that could be asked"
                    : "'\(name)' names several services",
                cure: "there are \(names)")
        }
        let serving = objects.serving(target.service)
        guard let chosen = serving.first, let slash = target.service.firstIndex(of: "/") else {
            throw DrillRefused(
                reason: "no pod serves \(target.service)", cure: "`mooc-cluster status` says what is not well"
            )
        }
        let namespace = String(target.service[..<slash])
        let pod = "\(namespace)/\(chosen.pod)"
        let intent = Intent(
            service: target.service, pod: pod, node: chosen.node, serving: serving.count,
            stores: objects.stores(among: [pod]), seconds: limit)
        guard try await agree(intent) else { return nil }
        return try await drill.observed([target], serving: [target.service]) { log in
            let before = log.now.endpoints[target.service] ?? []
            let moment = try await drill.moment(
                before: "kubectl --kubeconfig=/etc/kubernetes/admin.conf --namespace=\(namespace) delete pod "
                    + "\(chosen.pod) --grace-period=0 --force --wait=false >/dev/null 2>&1")
            drill.onNote("\(pod) is killed")
            func report(_ recorded: [DrillReport.Line]) -> DrillReport {
                DrillReport(
                    lost: "pod \(pod) on \(chosen.node)", moment: moment, addresses: [chosen.address],
                    before: [target.service: before], seen: log.now.events, recorded: recorded,
                    deeds: [(moment, "pod \(pod) is killed")])
            }
            _ = try await drill.wait(limit, log) { state in
                DrillReport.areRestored(
                    [target.service: before], without: [chosen.address], from: moment, state.events)
            }
            // a while longer, for requests that fail although the endpoints are there
            try await drill.sleep(.seconds(3))
            return report(
                try await drill.recorded(in: [namespace], node: nil, since: moment))
        }
    }
}
