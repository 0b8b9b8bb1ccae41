import Testing
import YAML

extension ClusterLife {
    /// What a test writes into the database of Ironwood before it goes.
    static let word = "stillhere"

    @Test("`destroy` of Ironwood and `up` of Verawood on the same nodes: proven; `plan` has no more to say")
    func upVerawood() async throws {
        try await requireProven()
        try await sql("CREATE DATABASE lab; CREATE TABLE lab.kept (word CHAR(9))").require(code: 0)
        try await sql("INSERT INTO lab.kept VALUES ('\(Self.word)')").require(code: 0)
        try await site.run("destroy", "--yes", within: .seconds(180)).require(code: 0)
        try await prepareVerawood()
        let up = try await upToTheEnd()
        up.expect(line: "proven:")
        try await verawood.expectProven(nodes: Self.nodes)
        try await site.run("plan").expect(code: 0)
    }

    @Test(
        "another name of the platform rolls LMS, Studio and their workers, and no other pod; learners see it")
    func settingRolls() async throws {
        try await requireVerawood()
        let before = try await verawood.identities()
        try await prepareVerawood(called: "Lab's campus")
        try await site.run("apply", "--yes", within: .seconds(480)).require(code: 0)
        try await verawood.expectProven(nodes: Self.nodes)
        let after = try await verawood.identities()
        let rolled = Edition.verawood.services.filter { before[$0] != after[$0] }
        #expect(rolled == ["cms", "cms-worker", "lms", "lms-worker"])
        // By way of Caddy on the node's port 80, of the micro-frontends and of the LMS.
        let page = try await Self.n1.read(
            "curl -sSf -H 'Host: apps.learn.example.edu' http://\(Self.n2.address)/api/mfe_config/v1")
        #expect(page.contains("Lab's campus"))
    }

    /// Ends a test at once that stands on a Verawood which is not there; writes its inventory.
    private func requireVerawood() async throws {
        try await prepareVerawood()
        let missing = try await verawood.missingServices()
        try #require(missing.isEmpty, "this test stands on the edition that the test before it brought up")
    }
}
