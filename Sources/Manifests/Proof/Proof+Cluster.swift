internal import YAML

extension Proof {
    /// Whether each node is Ready that must be, and all that are.
    func nodesAreReady(_ wanted: Nodes) async throws -> (checks: [ProofCheck], ready: [String]) {
        let nodes = try await client.objects(["get", "nodes"], for: "read the nodes")
        let checks: [ProofCheck]
        let others: [ProofCheck]
        switch wanted {
        case .known:
            checks = Self.readiness(of: nodes.compactMap { $0[path: ["metadata", "name"]]?.text }, in: nodes)
            others = []
        case .named(let names, let besides):
            checks = Self.readiness(of: names, in: nodes)
            others = Self.readiness(of: besides, in: nodes)
        }
        return (checks, (others + checks).filter { $0.failure == nil }.map(\.subject))
    }

    private static func readiness(of names: [String], in nodes: [Node]) -> [ProofCheck] {
        names.map { name in
            guard let node = nodes.first(where: { $0[path: ["metadata", "name"]]?.text == name }) else {
                return ProofCheck(.nodes, name, failure: "it is not in the cluster")
            }
            if node.isReady { return ProofCheck(.nodes, name) }
            return ProofCheck(
                .nodes, name, failure: node.condition("Ready")?["message"]?.text ?? "it reports nothing")
        }
    }

    /// Pods on every node, what they reach, and from where.
    func network(_ objects: ProofObjects) async throws -> [ProofCheck] {
        var pods: [Node] = []
        _ = try await applier.poll(for: .seconds(timeout)) {
            pods = try await self.pods()
            return pods.count == objects.nodes.count
                && pods.allSatisfy { $0[path: ["status", "phase"]]?.text == "Running" }
        }
        var addresses: [(node: String, address: String)] = []
        var checks: [ProofCheck] = []
        for node in objects.nodes {
            let pod = pods.first { $0[path: ["spec", "nodeName"]]?.text == node }
            if pod?[path: ["status", "phase"]]?.text == "Running",
                let address = pod?[path: ["status", "podIP"]]?.text
            {
                checks.append(ProofCheck(.pod, node))
                addresses.append((node, address))
            } else {
                checks.append(ProofCheck(.pod, node, failure: Self.words(pod)))
            }
        }
        let service = try await client.objects(
            ["get", "service/proof", "--namespace=\(Proof.namespace)"], for: "read the proof's Service"
        )
        let clusterAddress = service.first?[path: ["spec", "clusterIP"]]?.text ?? ""
        return try await checks + tries(between: addresses, service: clusterAddress)
    }

    /// What the pods of all nodes reach, some nodes at a time.
    private func tries(
        between addresses: [(node: String, address: String)], service: String
    ) async throws -> [ProofCheck] {
        try await withThrowingTaskGroup(of: (Int, [ProofCheck]).self) { group in
            var found: [Int: [ProofCheck]] = [:]
            for (index, (node, _)) in addresses.enumerated() {
                if index >= 8, let (earlier, checks) = try await group.next() { found[earlier] = checks }
                group.addTask {
                    let others = addresses.filter { $0.node != node }
                    return (index, try await tries(from: node, others: others, service: service))
                }
            }
            for try await (index, checks) in group { found[index] = checks }
            return addresses.indices.flatMap { found[$0] ?? [] }
        }
    }

    private func pods() async throws -> [Node] {
        try await client.objects(
            [
                "get", "pods", "--namespace=\(Proof.namespace)",
                "--selector=app.kubernetes.io/name=proof",
            ],
            for: "read the proof's pods")
    }

    /// One shell in the pod of a node tries everything and says a line for each.
    private func tries(
        from node: String, others: [(node: String, address: String)], service: String
    ) async throws -> [ProofCheck] {
        let name = "proof.\(Proof.namespace).svc.cluster.local"
        let port = ProofObjects.port
        // Endpoints and routes come a moment after the pods: each is tried for a while, and waits longer each time.
        var script = "try() { n=0; until busybox timeout $((1 + n / 3)) busybox \"$@\" >/tmp/out 2>&1; do "
        script += "n=$((n + 1)); test $n -lt 15 || "
        script += "{ tail -n 2 /tmp/out | tr '\\n' ' '; return 1; }; sleep 1; done; }\n"
        script +=
            "say() { what=$1; shift; if why=$(try \"$@\"); then echo \"ok $what\"; else echo \"no $what $why\"; fi; }\n"
        script += "say dns nslookup \(name)\n"
        script += "say service wget -q -O /dev/null http://\(service):\(port)/\n"
        for other in others {
            script += "say pod/\(other.node) wget -q -O /dev/null http://\(other.address):\(port)/\n"
        }
        let result = try await client.kubectl(
            ["exec", "--stdin", "--namespace=\(Proof.namespace)", "proof-\(node)", "--", "sh", "-s"],
            Array(script.utf8))
        let lines = String(decoding: result.output, as: UTF8.self).split(separator: "\n").map(String.init)
        func failure(of what: String) -> String? {
            if lines.contains("ok \(what)") { return nil }
            if let line = lines.first(where: { $0.hasPrefix("no \(what) ") }) {
                return String(line.dropFirst(what.count + 4))
            }
            return String(decoding: result.error, as: UTF8.self)
        }
        let lost = others.compactMap { other in
            failure(of: "pod/\(other.node)").map { "\(other.node): \($0)" }
        }
        return [
            ProofCheck(.dns, node, failure: failure(of: "dns")),
            ProofCheck(.service, node, failure: failure(of: "service")),
            ProofCheck(.pods, node, failure: lost.isEmpty ? nil : lost.joined(separator: "; ")),
        ]
    }
}
