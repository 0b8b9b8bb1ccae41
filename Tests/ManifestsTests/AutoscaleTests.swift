import Manifests
import TestSupport
import Testing
import YAML

@testable import Inventory

/// Services that get more pods where their load grows.
@Suite struct AutoscaleTests {
    private let cluster = FakeCluster()
    private var applier: Applier { Applier(kubectl: cluster.kubectl, clock: FakeClock()) }

    private func rendered(
        _ most: [String: Int] = ["lms": 3, "lms-worker": 2], by autoscaler: String? = nil,
        change: (inout ApplicationPart) -> Void = { _ in }
    ) throws -> Rendered {
        try Verawood.rendered(secrets: SecretValues(["mysql-root-password": "x"])) {
            $0.maxReplicas = most.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
            $0.autoscaler = autoscaler
            change(&$0)
        }
    }

    /// What the cluster must have for both kinds.
    private func putAPIs(metrics: Bool = true, keda: Bool = true) async {
        if metrics {
            await cluster.put([
                "apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService",
                "metadata": ["name": "v1beta1.metrics.k8s.io"],
            ])
        }
        guard keda else { return }
        await cluster.put([
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": ["name": "scaledobjects.keda.sh"],
        ])
    }

    @Test func onlyWhatIsNamedGrows() throws {
        #expect(try Verawood.rendered().all("HorizontalPodAutoscaler").isEmpty)
        let rendered = try rendered()
        let scalers = rendered.all("HorizontalPodAutoscaler")
        #expect(scalers.map(\.name) == ["lms", "lms-worker"])
        for (scaler, numbers) in zip(scalers, [("2", "3", "700m"), ("1", "2", "700m")]) {
            let spec = scaler.node["spec"]
            #expect(spec?["minReplicas"]?.text == numbers.0 && spec?["maxReplicas"]?.text == numbers.1)
            let target = spec?["metrics"]?.items?.first?[path: ["resource", "target"]]
            #expect(target?["averageValue"]?.text == numbers.2)
        }
        #expect(scalers.allSatisfy { $0.apiVersion == "autoscaling/v2" })
        let older = try Verawood.rendered(kubernetes: KubernetesMinor(1, 20)) {
            $0.maxReplicas = [(service: "lms", count: 3)]
        }
        #expect(older.all("HorizontalPodAutoscaler").map(\.apiVersion) == ["autoscaling/v2beta2"])
        #expect(rendered.all("PodDisruptionBudget").contains { $0.name == "lms-worker" })
    }

    @Test func queuesAreLookedAtByKEDA() throws {
        let rendered = try rendered(["lms": 3, "lms-worker": 2, "cms-worker": 2], by: "keda")
        #expect(rendered.all("HorizontalPodAutoscaler").map(\.name) == ["lms"])
        let scalers = rendered.all("ScaledObject")
        let policy = try rendered.one("NetworkPolicy", "redis-keda")
        try Golden.expect(
            (scalers + [policy]).map(\.node).yamlDocuments(), is: "verawood-keda.yml", in: .module)
        for scaler in scalers {
            let queues = try rendered.one("Deployment", scaler.name).argument(after: "--queues=")
            let names = (scaler.node[path: ["spec", "triggers"]]?.items ?? []).map { $0["metadata"] }
            #expect(
                names.compactMap { $0?["listName"]?.text } == queues?.split(separator: ",").map(String.init))
            #expect(names.allSatisfy { $0?["address"]?.text == "redis.openedx.svc:6379" })
        }
        let outside = try self.rendered(by: "keda") {
            $0.stores = [.init(name: "redis", host: "queues.example.edu", port: 6380)]
        }
        #expect(outside.all("ScaledObject").flatMap(\.node.texts).contains("queues.example.edu:6380"))
    }

    @Test func theMostCountsInAllSums() throws {
        let demand = try rendered().demand.workloads
        #expect(demand.first { $0.name == "lms" }?.copies == 3)
        #expect(demand.first { $0.name == "cms" }?.copies == 1)
        let error = #expect(throws: InvalidInput.self) { try rendered(["lms": 12]) }
        #expect(
            error?.diagnostics.first?.message.hasPrefix("so many replicas can open 62 connections") == true)
    }

    @Test(
        arguments: [
            (["mfe": 4], nil, "nothing tells when it should have more pods"),
            (["lms": 1], nil, "lets 'lms' have 1 pods, and it has 2 at the least"),
            (["lms-worker": 2], 0, "has no pods, and an autoscaler wakes nothing up"),
        ] as [([String: Int], Int?, String)])
    func whatCannotGrowIsRefused(most: [String: Int], replicas: Int?, words: String) throws {
        let error = #expect(throws: InvalidInput.self) {
            try rendered(most) { part in
                part.replicas = replicas.map { count in [(service: "lms-worker", count: count)] } ?? []
            }
        }
        #expect(error?.diagnostics.contains { $0.message.contains(words) } == true, "\(error as Any)")
    }

    @Test func whatAnAutoscalerNeedsMustBeThere() async throws {
        await putAPIs(metrics: false, keda: false)
        await #expect(throws: ManifestError.noAutoscaler("HorizontalPodAutoscaler")) {
            try await applier.apply(rendered()) { _ in }
        }
        await putAPIs(keda: false)
        await #expect(throws: ManifestError.noAutoscaler("ScaledObject")) {
            try await applier.apply(rendered(by: "keda")) { _ in }
        }
        #expect(await cluster.calls.allSatisfy { $0.first == "get" })
    }

    @Test func whatTheAutoscalerDidStays() async throws {
        await putAPIs()
        _ = try await applier.apply(rendered()) { _ in }
        let lms = ObjectID(kind: "Deployment", namespace: "openedx", name: "lms")
        for (now, after) in [(3, 3), (9, 3), (0, 2)] {
            var node = try #require(await cluster.object(lms)).node
            node[path: ["spec", "replicas"]] = .int(now)
            for count in ["replicas", "updatedReplicas", "readyReplicas", "availableReplicas"] {
                node[path: ["status", count]] = .int(now)
            }
            await cluster.put(node)
            let changes = try await applier.changes(of: rendered())
            #expect(changes.map(\.id) == (now == after ? [] : [lms]), "\(now)")
            _ = try await applier.apply(rendered()) { _ in }
            #expect(await cluster.object(lms)?.replicas == after, "\(now)")
        }
        let upkeep = Upkeep(try rendered(), of: try Verawood.edition(), with: applier)
        await cluster.forgetCalls()
        await #expect(throws: UpkeepError.self) {
            try await upkeep.scale(rendered().service("lms"), to: 3) { _ in }
        }
        #expect(await cluster.calls.isEmpty)
    }

    @Test func oneKindGoesBeforeTheOtherComes() async throws {
        await putAPIs()
        _ = try await applier.apply(rendered()) { _ in }
        await cluster.forgetCalls()
        _ = try await applier.apply(rendered(by: "keda")) { _ in }
        let changing = await cluster.calls.filter { $0[0] != "get" && !$0.contains("--dry-run=server") }
        #expect(changing.first?.prefix(2) == ["delete", "horizontalpodautoscaler/lms-worker"])
        _ = try await applier.apply(rendered([:])) { _ in }
        let left = await cluster.ids.filter { ["ScaledObject", "HorizontalPodAutoscaler"].contains($0.kind) }
        #expect(left.isEmpty)
    }

    @Test func aFolderForGitLeavesTheNumberToTheAutoscaler() throws {
        let files = try rendered().files(withSecrets: false)
        let documents = files.filter { $0.name.hasSuffix("objects.yml") }.flatMap { file in
            YAMLParser.documents(Array(file.text.utf8), file: file.name, diagnostics: Diagnostics())
        }
        func replicas(_ name: String) throws -> String? {
            let found = documents.first {
                $0["kind"]?.text == "Deployment" && $0[path: ["metadata", "name"]]?.text == name
            }
            return try #require(found)[path: ["spec", "replicas"]]?.text
        }
        #expect(try replicas("lms") == nil)
        #expect(try replicas("mfe") == "2")
    }
}
