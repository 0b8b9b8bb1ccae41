import Testing
import YAML

extension ClusterLife {
    @Test(
        "`up` goes on to a proven cluster with fifteen services; kubectl agrees, each claim has its own volume"
    )
    func proven() async throws {
        try await prepare()
        let up = try await upToTheEnd()
        for node in Self.nodes { up.expect(line: node.name) }
        try await state.expectProven(nodes: Self.nodes)
    }

    @Test("the second `up` changes nothing and says so")
    func secondRun() async throws {
        try await requireProven()
        let nodes = try await state.kubectl.list("nodes").map { $0.at("metadata", "uid")?.text }
        let up = try await upToTheEnd()
        up.expect(line: "nothing was changed")
        let same = try await state.kubectl.list("nodes").map { $0.at("metadata", "uid")?.text }
        #expect(nodes == same)
    }

    @Test("after `up`, `plan` and `diff` have nothing to say, and `render` says the same twice")
    func nothingPending() async throws {
        try await requireProven()
        try await site.run("plan").expect(code: 0)
        try await site.run("diff").expect(code: 0)
        let first = try await site.run("render")
        first.expect(code: 0)
        #expect(try await site.run("render").output == first.output)
    }
}
