import Testing

extension Beside.Verawood {
    @Test("`up` of Verawood on bare nodes: proven; `plan` has no more to say")
    func proven() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for node in Self.nodes { group.addTask { try await node.wipe() } }
            try await group.waitForAll()
        }
        try await prepare()
        let up = try await site.run("up", "--yes", within: .seconds(600))
        try up.require(code: 0)
        up.expect(line: "proven:")
        try await state.expectProven(nodes: Self.nodes)
        try await site.run("plan").expect(code: 0)
    }
}
