import Synchronization
import Testing
import YAML

extension ClusterLife {
    @Test("`node add` makes a further worker of a bare host, and the cluster is proven")
    func nodeAdded() async throws {
        try await requireProven()
        try await prepare(adding: [Self.n4])
        let listing = try await Self.n4.listing()
        Self.bare.withLock { $0 = listing }
        let add = try await Self.canary.watch {
            try await site.run("node", "add", Self.n4.name, "--yes", within: .seconds(240))
        }
        try add.require(code: 0)
        add.expect(line: "proven:")
        try await state.expectProven(nodes: Self.nodes + [Self.n4])
        let list = try await site.run("node", "list")
        list.expect(code: 0)
        list.expect(line: Self.n4.name)
    }

    @Test("`node remove --restore` takes that worker out again and leaves the host as it was before")
    func nodeRemoved() async throws {
        try await requireProven(adding: [Self.n4])
        let remove = try await site.run(
            "node", "remove", Self.n4.name, "--restore", "--yes", within: .seconds(240))
        try remove.require(code: 0)
        remove.expect(line: "proven:")
        try await state.expectProven(nodes: Self.nodes, within: .seconds(60))
        let (before, after) = (try #require(Self.bare.withLock { $0 }), try await Self.n4.listing())
        #expect(after.subtracting(before).sorted() == [], "these are left")
        #expect(before.subtracting(after).sorted() == [], "these did not come back")
        try await prepare()
    }

    @Test("`node remove` refuses the worker that holds the volumes, names the claims, and changes nothing")
    func removalRefused() async throws {
        try await requireProven()
        let holders = try await state.nodesWithVolumes()
        let holder = try #require(Self.nodes.first { holders.contains($0.name) })
        let remove = try await site.run("node", "remove", holder.name, "--yes")
        remove.expect(code: 1)
        remove.expect(line: "mysql")
        try await state.expectProven(nodes: Self.nodes)
        let nodes = try await state.kubectl.list("nodes")
        #expect(nodes.allSatisfy { $0.at("spec", "unschedulable") == nil }, "no node is cordoned")
    }
}
