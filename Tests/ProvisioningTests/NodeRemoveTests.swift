import Playbook
import Testing
import YAML

@testable import Inventory
@testable import Provisioning

struct NodeRemoveTests {
    /// A list of volumes as `kubectl get persistentvolumes -o json` gives it.
    private static let list = [
        volume("mysql", phase: "Bound", nodes: ["w1"]), volume("mongo", phase: "Released", nodes: ["w1"]),
        volume("shared", phase: "Bound", nodes: ["w1", "w2"]),
        volume("free", phase: "Available", nodes: ["w1"]),
        volume("other", phase: "Bound", nodes: ["w2"]), volume("anywhere", phase: "Bound", nodes: []),
    ]

    private static func volume(_ name: String, phase: String, nodes: [String]) -> Node {
        let terms: Node = [
            "matchExpressions": [
                [
                    "key": "kubernetes.io/hostname", "operator": "In",
                    "values": .sequence(nodes.map { .string($0) }),
                ]
            ]
        ]
        return [
            "metadata": ["name": .string(name)],
            "spec": [
                "claimRef": ["namespace": "openedx", "name": .string(name)],
                "nodeAffinity": ["required": ["nodeSelectorTerms": nodes.isEmpty ? [] : .sequence([terms])]],
            ],
            "status": ["phase": .string(phase)],
        ]
    }

    @Test func volumesOfOneNodeAreNamed() {
        let volumes = BoundVolumes.volumes(in: Self.list, on: "w1")
        #expect(volumes.map(\.name) == ["mysql", "mongo"])
        #expect(volumes.map(\.claim) == ["openedx/mysql", "openedx/mongo"])
    }

    @Test func volumesOnLostNodesAreNamedByClaim() {
        func lost(_ ready: Set<String>) -> [String] {
            BoundVolumes.lost(in: Self.list, namespace: "openedx", ready: ready).map {
                "\($0.claim) \($0.nodes.joined(separator: " "))"
            }
        }
        #expect(lost(["w2"]) == ["mysql w1", "mongo w1", "free w1"])
        #expect(lost([]).contains("shared w1 w2"))
        #expect(lost(["w1", "w2"]) == [])
        #expect(BoundVolumes.lost(in: Self.list, namespace: "other", ready: []).isEmpty)
    }

    @Test func theOnlyControlPlaneStays() async throws {
        let report = try await NodeRemove("c1", from: Sample.cluster(), Sample.surroundings) { _ in }
            .perform()
        #expect(report.findings.map(\.message) == ["it is the only control plane"])
    }

    @Test func theWayToTheAPIMustLeadPastAControlPlaneThatGoes() {
        var cluster = Sample.cluster(planes: 3)
        func objection(_ index: Int) -> String? {
            ControlPlaneLeave(cluster: cluster, host: cluster.hosts[index]).objection?.message
        }
        #expect(objection(0)?.contains("by its address") == true)
        #expect(objection(1) == nil)
        cluster.kubernetes.controlPlaneEndpoint = .address("\(cluster.hosts[1].address):6443")
        #expect(objection(0) == nil)
        #expect(objection(1)?.contains("by its address") == true)
        cluster.kubernetes.controlPlaneEndpoint = .address("api.example.edu:6443")
        #expect(objection(0) == nil && objection(1) == nil)
        cluster.kubernetes.controlPlaneEndpoint = .nodeProxy
        #expect(objection(0) == nil && objection(1) == nil)
        cluster.kubernetes.controlPlaneEndpoint = .kubeVIP(VirtualAddress(address: "192.0.2.10"))
        #expect(objection(0) == nil && objection(1) == nil)
    }

    @Test func anotherControlPlaneSpeaksForTheRest() {
        let cluster = Sample.cluster(planes: 3, workers: 1)
        let rest = ControlPlaneLeave(cluster: cluster, host: cluster.hosts[0]).rest
        #expect(rest.hosts.map(\.name) == ["c2", "c3", "w1", "c1"])
        #expect(rest.firstControlPlane?.name == "c2" && rest.hosts.last?.role == .worker)
        let graph = PhaseGraph(NodePhases.removal, rest) { phase, host in
            phase.hosts == .all ? host.name != "c1" : phase.hosts == .firstControlPlane || host.name == "c1"
        }
        #expect(
            graph.items.map { "\($0.phase.id) \($0.host.name)" } == [
                "node-drain c2", "api-proxy c2", "api-proxy c3", "api-proxy w1", "kube-vip-leave c1",
                "etcd-tool c2", "etcd-leave c2", "reset c1", "node-delete c2",
            ])
        // the address is handed over while the API server that goes still has etcd behind it
        #expect(graph.items.map(\.needs) == [[], [], [], [], [0], [], [0, 4, 5], [6], [6, 7]])
    }

    @Test func unknownHostsAreNamed() {
        #expect(throws: UnknownHost(name: "w9", known: ["c1", "w1", "w2"])) {
            _ = try NodeRemove("w9", from: Sample.cluster(), Sample.surroundings) { _ in }
        }
    }

    @Test func removalDrainsThenResetsThenDeletes() {
        let graph = PhaseGraph(NodePhases.removal, Sample.cluster()) { phase, host in
            (phase.hosts == .firstControlPlane || host.name == "w1")
                && phase.hosts != .all && !NodePhases.ofControlPlanes.contains(phase.id)
        }
        #expect(
            graph.items.map { "\($0.phase.id) \($0.host.name)" } == [
                "node-drain c1", "reset w1", "node-delete c1",
            ])
        #expect(graph.items.map(\.needs) == [[], [0], [0, 1]])
    }

    @Test func nothingIsDoneOnADeadHost() {
        let graph = PhaseGraph(NodePhases.burial, Sample.cluster()) { phase, _ in
            phase.hosts != .all && !EtcdPhases.ofLeaving.contains(phase.id)
        }
        #expect(graph.items.map { "\($0.phase.id) \($0.host.name)" } == ["node-bury c1", "node-delete c1"])
        #expect(graph.items.map(\.needs) == [[], [0]])
    }

    @Test func everyNodeOfADrainMustBeKnown() {
        #expect(throws: UnknownHost(name: "w9", known: ["c1", "w1", "w2"])) {
            _ = try NodeDrain(.cordon, ["w1", "w9"], of: Sample.cluster(), Sample.surroundings) { _ in }
        }
    }
}
