import Testing
import YAML

extension ClusterLife {
    @Test("a worker loses power: what can move moves, `status` names what cannot; with power all comes back")
    func powerCut() async throws {
        try await requireProven()
        let holders = try await state.nodesWithVolumes()
        let holder = try #require(Self.nodes.dropFirst().first { holders.contains($0.name) })
        let movable = try await movableServices()
        try #require(!movable.isEmpty, "memcached and its like hold no volume")

        try await holder.verb("cut")
        do {
            try await settle("what holds no volume runs elsewhere", within: .seconds(420), every: .seconds(3))
            {
                try await movable.asyncFilter { service in
                    let pods = try await state.pods(of: service)
                    return !pods.contains {
                        $0.at("spec", "nodeName")?.text != holder.name && ClusterState.isReady($0)
                    }
                }
            }
            let status = try await site.run("status")
            #expect(status.code != 0, "\(status)")
            status.expect(line: holder.name)
            status.expect(line: "mysql")
        } catch {
            try await holder.verb("start")
            throw error
        }
        try await holder.verb("start")
        try await state.expectProven(nodes: Self.nodes, within: .seconds(180))
        try await site.run("status").expect(code: 0)
    }

    /// The services none of whose pods mounts a claim.
    private func movableServices() async throws -> [String] {
        try await ClusterState.services.asyncFilter { service in
            let volumes = try await state.pods(of: service).flatMap { $0.at("spec", "volumes")?.items ?? [] }
            return volumes.allSatisfy { $0["persistentVolumeClaim"] == nil }
        }
    }
}

extension Sequence {
    /// The elements for which an asynchronous condition holds.
    fileprivate func asyncFilter(_ isIncluded: (Element) async throws -> Bool) async rethrows -> [Element] {
        var result: [Element] = []
        for element in self where try await isIncluded(element) { result.append(element) }
        return result
    }
}
