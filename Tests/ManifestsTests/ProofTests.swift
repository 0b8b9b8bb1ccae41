import Inventory
import Manifests
import Testing
import YAML

/// What a proof takes for the cluster's nodes.
@Suite struct ProofTests {
    private func report(
        _ cluster: ProvingCluster, _ nodes: Proof.Nodes,
        volume: ProofVolume = .local(node: "w1", path: "/var/lib/mooc-cluster/proof")
    ) async throws -> ProofReport {
        let proof = Proof(kubectl: cluster.kubectl, volume: volume)
        return try await proof.run(of: [], nodes: nodes, nonce: "n0nce") { _ in }
    }

    @Test func allNodesThatTheClusterKnows() async throws {
        let cluster = ProvingCluster(ready: ["c1", "w1"])
        let report = try await report(cluster, .known)
        #expect(report.isProven, "\(report.checks)")
        #expect(report.checks.filter { $0.kind == .nodes }.map(\.subject) == ["c1", "w1"])
        #expect(Set(report.checks.map(\.kind)) == [.nodes, .pod, .dns, .service, .pods, .claim])
        #expect(await cluster.volumeNode == "w1")
    }

    @Test func aClassMakesTheVolumeWhereTheApplicationHasItsOwnFromOne() async throws {
        let cluster = ProvingCluster(ready: ["c1", "w1"])
        let openedx = try Ironwood.openedx(.storageClass("fast", shared: "files"))
        let report = try await report(cluster, .known, volume: ProofVolume(for: Ironwood.cluster(openedx)))
        #expect(report.isProven, "\(report.checks)")
        #expect(await cluster.volumeNode == nil)
        #expect(await cluster.claim?["storageClassName"]?.text == "fast")
        #expect(await cluster.claim?["volumeName"] == nil)
    }

    @Test func aLostNodeIsAFailure() async throws {
        let report = try await report(ProvingCluster(ready: ["c1"], lost: ["w1"]), .known)
        #expect(report.checks.filter { $0.failure != nil }.map(\.subject) == ["w1"])
    }

    /// `up --limit c1`: w1 is no member yet and w2 is lost, and neither is what was asked for; w3 takes part.
    @Test func othersTakePartWhereTheyAreReady() async throws {
        let cluster = ProvingCluster(ready: ["w3", "c1"], lost: ["w2"])
        let report = try await report(cluster, .named(["c1"], besides: ["w1", "w2", "w3"]))
        #expect(report.isProven, "\(report.checks)")
        #expect(report.checks.filter { $0.kind == .nodes }.map(\.subject) == ["c1"])
        #expect(report.checks.filter { $0.kind == .pod }.map(\.subject) == ["w3", "c1"])
        // The volume's usual node is no member, so that no pod could run where it lies.
        #expect(await cluster.volumeNode == "c1")
    }

    @Test func aNodeThatWasAskedForAndIsNoMemberIsAFailure() async throws {
        let report = try await report(ProvingCluster(ready: ["c1"]), .named(["c1", "w9"], besides: []))
        let failed = report.checks.filter { $0.failure != nil }
        #expect(failed.map(\.subject) == ["w9"] && failed.map(\.kind) == [.nodes])
    }
}

/// A cluster in which every pod of a proof runs and reaches everything.
private actor ProvingCluster {
    private let nodes: [Node]
    private var pods: [Node] = []
    private var written = ""
    /// The node that the proof's volume lies on.
    private(set) var volumeNode: String?
    /// What the proof's claim asks for.
    private(set) var claim: Node?

    init(ready: [String], lost: [String] = []) {
        nodes = [(ready, "True"), (lost, "Unknown")].flatMap { names, status in
            names.map { name in
                [
                    "metadata": ["name": .string(name)],
                    "status": ["conditions": [["type": "Ready", "status": .string(status)]]],
                ]
            }
        }
    }

    nonisolated var kubectl: Kubectl {
        { arguments, input in try await self.answer(arguments, input) }
    }

    private func answer(_ arguments: [String], _ input: [UInt8]) throws -> KubectlOutput {
        let text = String(decoding: input, as: UTF8.self)
        switch arguments.prefix(2).joined(separator: " ") {
        case "get nodes": return list(nodes)
        case "get pods": return list(pods)
        case "get service/proof": return list([["spec": ["clusterIP": "10.96.0.9"]]])
        case "get pod/proof-writes", "get pod/proof-reads": return list([["status": ["phase": "Succeeded"]]])
        case "logs proof-reads": return KubectlOutput(output: Array(written.utf8))
        case _ where arguments.first == "apply": return list(apply(text))
        case _ where arguments.first == "exec":
            let tries = text.split(separator: "\n").filter { $0.hasPrefix("say ") }
            let lines = tries.compactMap { $0.split(separator: " ").dropFirst().first.map { "ok \($0)\n" } }
            return KubectlOutput(output: Array(lines.joined().utf8))
        default: return KubectlOutput(output: [])
        }
    }

    private func apply(_ text: String) -> [Node] {
        let objects =
            YAMLParser.document(text, file: "input", diagnostics: Diagnostics())?["items"]?.items ?? []
        for object in objects {
            if let node = object["spec"]?["nodeName"]?.text {
                pods.append([
                    "spec": ["nodeName": .string(node)], "status": ["phase": "Running", "podIP": "10.1.1.1"],
                ])
            }
            if object["kind"]?.text == "PersistentVolume" {
                let terms = object["spec"]?["nodeAffinity"]?["required"]?["nodeSelectorTerms"]?.items?.first
                volumeNode = terms?["matchExpressions"]?.items?.first?["values"]?.items?.first?.text
            }
            if object["kind"]?.text == "PersistentVolumeClaim" { claim = object["spec"] }
            if let word = text.firstRange(of: "written-n0nce") { written = String(text[word]) }
        }
        return objects
    }

    private func list(_ items: [Node]) -> KubectlOutput {
        let list: Node = ["kind": "List", "items": .sequence(items)]
        return KubectlOutput(output: Array(list.json().utf8))
    }
}
