import Testing
import YAML

extension Beside.Verawood {
    @Test(
        "another name of the platform rolls LMS, Studio and their workers, and no other pod; learners see it")
    func settingRolls() async throws {
        try await requireProven()
        let before = try await state.identities()
        try await prepare(called: "Lab's campus")
        try await site.run("apply", "--yes", within: .seconds(480)).require(code: 0)
        try await state.expectProven(nodes: Self.nodes)
        let after = try await state.identities()
        let rolled = Edition.verawood.services.filter { before[$0] != after[$0] }
        #expect(rolled == ["cms", "cms-worker", "lms", "lms-worker"])
        // By way of Caddy on its node's port 80, of the micro-frontends and of the LMS.
        let place = try await state.pods(of: "caddy").first?.at("spec", "nodeName")?.text
        let node = try #require(Self.nodes.first { $0.name == place })
        let page = try await Self.plane.read(
            "curl -sSf -H 'Host: apps.learn.example.edu' http://\(node.address)/api/mfe_config/v1")
        #expect(page.contains("Lab's campus"))
    }
}
