import Testing
import YAML

extension Beside.Verawood {
    @Test("a worker loses power: what can move moves, `status` names what cannot; with power all comes back")
    func powerCut() async throws {
        try await requireProven()
        // The mail relay holds no volume and needs no other service; it is to be on the node that goes.
        try await move("smtp", from: Self.worker, to: Self.holder)

        try await Self.holder.verb("cut")
        do {
            try await settle("smtp runs elsewhere", within: .seconds(240), every: .seconds(3)) {
                try await isReady("smtp", on: Self.worker) ? [] : ["it does not"]
            }
            let status = try await site.run("status")
            status.expect(code: 1)
            status.expect(line: Self.holder.name, "not ready")
            status.expect(line: "mysql", "0 of 1", "claim mysql", Self.holder.name)
            status.expect(line: "smtp", "1 of 1")
        } catch {
            try await Self.holder.verb("start")
            throw error
        }
        try await Self.holder.verb("start")
        try await state.expectProven(nodes: Self.nodes, within: .seconds(180))
        try await site.run("status").expect(code: 0)
    }

    /// Makes a service's pod run on a node, by closing the other one while it is made again.
    private func move(_ service: String, from other: LabNode, to node: LabNode) async throws {
        guard try await !isReady(service, on: node) else { return }
        try await state.kubectl("cordon", other.name).require(code: 0)
        for pod in try await state.pods(of: service) {
            try await state.kubectl("delete", "pod", pod.name, "--namespace", "openedx", "--wait=false")
                .require(code: 0)
        }
        try await settle("\(service) on \(node)", within: .seconds(120)) {
            try await isReady(service, on: node) ? [] : ["it is not"]
        }
        try await state.kubectl("uncordon", other.name).require(code: 0)
    }

    /// Whether a pod of a service is ready on a node.
    private func isReady(_ service: String, on node: LabNode) async throws -> Bool {
        try await state.pods(of: service).contains {
            $0.at("spec", "nodeName")?.text == node.name && ClusterState.isReady($0)
        }
    }
}
