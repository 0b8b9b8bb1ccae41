import Inventory
import Manifests
import Testing
import YAML

/// What the server is asked to try out before anything is applied: what may differ, and nothing else.
@Suite struct AppliedMarkTests {
    private let cluster = FakeCluster()
    private var applier: Applier { Applier(kubectl: cluster.kubectl, clock: FakeClock()) }
    private static let lms = ObjectID(kind: "Deployment", namespace: "openedx", name: "lms")

    private func rendered(_ change: (inout ApplicationPart) -> Void = { _ in }) throws -> Rendered {
        try Ironwood.rendered(secrets: SecretValues(["admin-password": "canary-5Kx"]), change: change)
    }

    /// Applies everything, has somebody change the LMS, and compares.
    private func tried(after change: (inout Node) -> Void) async throws -> (
        ids: [ObjectID], changes: [Change]
    ) {
        _ = try await applier.apply(rendered()) { _ in }
        var node = try #require(await cluster.object(Self.lms)?.node)
        change(&node)
        await cluster.put(node)
        await cluster.forgetCalls()
        let changes = try await applier.changes(of: rendered())
        return (await cluster.tried.filter { $0.kind != "Secret" }, changes)
    }

    @Test func nothingButSecretsWhereNothingHasChanged() async throws {
        let (ids, changes) = try await tried { _ in }
        #expect(ids.isEmpty && changes.isEmpty)
        #expect(await cluster.tried.map(\.kind).contains("Secret"))
        #expect(await cluster.calls.count <= 4)
    }

    @Test func whatTheServerAddsByItselfIsNoDifference() async throws {
        let (ids, _) = try await tried { node in
            node[path: ["spec", "progressDeadlineSeconds"]] = 600
            node[path: ["spec", "template", "metadata", "annotations", "kubectl.kubernetes.io/restartedAt"]] =
                "now"
        }
        #expect(ids.isEmpty)
    }

    @Test(
        arguments: [
            (["spec", "replicas"], 7), (["metadata", "labels", "app.kubernetes.io/name"], "other"),
            (["spec", "selector", "matchLabels", "added"], "by hand"),
            (["spec", "template", "spec", "containers"], []),
            (["metadata", "annotations", "mooc-cluster/applied"], "another"),
            (["metadata", "annotations"], [:]), (["spec", "template"], "nothing like it"),
        ] as [([String], Node)])
    func whatSomebodyHasChangedIsTried(path: [String], value: Node) async throws {
        let (ids, _) = try await tried { $0[path: path] = value }
        #expect(ids == [Self.lms])
    }

    @Test func aFieldThatIsNotWantedAnyMoreIsTried() async throws {
        _ = try await applier.apply(rendered { $0.replicas = [(service: "forum", count: 3)] }) { _ in }
        await cluster.forgetCalls()
        _ = try await applier.changes(of: rendered())
        #expect(await cluster.tried.map(\.name).contains("forum"))
    }

    @Test func theMarkIsNoChangeByItself() async throws {
        for object in try rendered().objects { await cluster.put(object.node) }
        #expect(try await applier.changes(of: rendered()).isEmpty)
    }
}
