import Inventory
import Manifests
import Testing
import YAML

/// What plans say of the images that pods bring with them.
@Suite struct BroughtImagesTests {
    private let cluster = FakeCluster()
    private var applier: Applier { Applier(kubectl: cluster.kubectl, clock: FakeClock()) }

    private func rendered(_ images: [(name: String, reference: String)] = []) throws -> Rendered {
        try Ironwood.rendered(secrets: SecretValues(["admin-password": "canary-5Kx"])) { $0.images = images }
    }

    private func node(_ name: String, has images: [String]) async {
        await cluster.put([
            "apiVersion": "v1", "kind": "Node", "metadata": ["name": .string(name)],
            "status": ["images": [["names": .sequence(images.map { .string($0) })]]],
        ])
    }

    /// What a plan says is fetched for the forum once its image is another one.
    private func fetched(for reference: String) async throws -> [String] {
        _ = try await applier.apply(rendered()) { _ in }
        let changes = try await applier.changes(of: rendered([("forum", reference)]))
        #expect(changes.map(\.id.description).contains("deployment/forum"))
        return changes.flatMap(\.fetches)
    }

    @Test func eachImageIsNamedOnceInANewNamespace() async throws {
        await node("n1", has: [])
        let rendered = try rendered()
        let changes = try await applier.changes(of: rendered)
        let fetched = changes.flatMap(\.fetches)
        #expect(Set(fetched) == Set(rendered.objects.flatMap(\.images)))
        #expect(fetched.count == Set(fetched).count && fetched.count > 5)
        #expect(changes.allSatisfy { $0.id.kind != "Service" || $0.fetches.isEmpty })
    }

    @Test func anImageThatANodeHasIsNotFetched() async throws {
        await node("n1", has: ["docker.io/library/busybox@sha256:00"])
        await node("n2", has: ["example.edu:5000/forum@sha256:11", "example.edu:5000/forum:2"])
        #expect(try await fetched(for: "example.edu:5000/forum:2").isEmpty)
        #expect(try await fetched(for: "example.edu:5000/forum:3") == ["example.edu:5000/forum:3"])
    }

    @Test(
        arguments: [
            ("forum", "docker.io/library/forum:latest"),
            ("overhangio/forum:2", "docker.io/overhangio/forum:2"),
            ("docker.io/library/forum:2", "forum:2"), ("docker.io/forum:2", "docker.io/library/forum:2"),
            ("localhost/forum", "localhost/forum:latest"),
            ("example.edu:5000/forum", "example.edu:5000/forum:latest"),
            ("forum:2@sha256:11", "docker.io/library/forum@sha256:11"),
        ])
    func twoNamesOfOneImageAreTheSame(wanted: String, present: String) async throws {
        await node("n1", has: [present])
        #expect(try await fetched(for: wanted).isEmpty)
    }

    @Test(
        arguments: [
            ("forum:2", "docker.io/library/forum:latest"), ("forum:2", "docker.io/overhangio/forum:2"),
            ("example.edu:5000/forum", "example.edu:5001/forum:latest"),
            ("forum@sha256:12", "docker.io/library/forum@sha256:11"),
        ])
    func twoImagesAreTwo(wanted: String, present: String) async throws {
        await node("n1", has: [present])
        #expect(try await fetched(for: wanted) == [wanted])
    }

    @Test func nodesAreAskedOnlyWhereSomethingComes() async throws {
        await node("n1", has: [])
        _ = try await applier.apply(rendered()) { _ in }
        await cluster.forgetCalls()
        #expect(try await applier.changes(of: rendered()).isEmpty)
        #expect(await !cluster.calls.contains { $0[1] == "nodes" })
    }
}
