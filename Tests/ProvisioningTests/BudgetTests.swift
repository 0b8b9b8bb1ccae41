import Foundation
import Manifests
import Testing
import YAML

@testable import Inventory
@testable import Provisioning

/// What the application asks of the nodes against what they have.
struct BudgetTests {
    /// A cluster whose hosts have so many processors and GiB, without Calico's tested versions in the way.
    private func findings(
        _ demand: Demand, processors: Int = 4, gibibytes: Int = 8, planes: Int = 1, workers: Int = 2,
        change: (inout Cluster, inout [String: HostFacts]) -> Void = { _, _ in }
    ) throws -> [Finding] {
        var cluster = Sample.cluster(planes: planes, workers: workers, version: "1.36")
        var facts = Sample.facts(cluster)
        for name in facts.keys {
            facts[name]?.processors = processors
            // A machine has a little less than is on its label.
            facts[name]?.memoryKiB = gibibytes * 1_048_576 * 97 / 100
        }
        change(&cluster, &facts)
        return Preflight.check(cluster, try Sample.release("1.36"), facts, demand: demand)
    }

    private func pod(
        _ name: String, _ copies: Int = 1, processors: Int = 100, memory: Int = 1000, on node: String? = nil,
        another: Bool = true
    ) -> Demand.Workload {
        Demand.Workload(
            name, copies: copies, startsAnother: another, processors: processors, memory: memory, node: node)
    }

    @Test func whatFitsIsNotSpokenOf() throws {
        let demand = Demand(workloads: [pod("lms", 5, on: "w1"), pod("mfe", 9, memory: 900)])
        #expect(try findings(demand) == [])
    }

    @Test func volumesNeedRoomOnTheirNode() throws {
        let demand = Demand(
            size: "medium", smaller: ["small"],
            workloads: [pod("mysql", memory: 3000, on: "w2", another: false), pod("lms", 4, on: "w2")])
        let found = try findings(demand)
        #expect(found.map(\.host) == ["w2"])
        #expect(
            found.map(\.message) == [
                "size 'medium' of the platform needs 0.60 processors and 8000 MiB for the pods whose volumes are here and one that is rolled out; the host has 3.65 processors and 7364 MiB for pods"
            ])
        #expect(
            found.map(\.cure) == [
                "set openedx.size: small, or take a larger host, or put volumes on another one with openedx.volumeNodes"
            ])
        #expect(try findings(demand, gibibytes: 10) == [])
    }

    @Test func processorsCountToo() throws {
        let demand = Demand(workloads: [pod("lms", 3, processors: 900, memory: 10, on: "w1")])
        #expect(try findings(demand).count == 0)
        let found = try findings(demand, processors: 3)
        #expect(
            found.map(\.message).first?.hasPrefix("the platform needs 3.60 processors and 40 MiB") == true)
        #expect(found.first?.cure.hasPrefix("take a larger host") == true)
    }

    @Test func otherPodsGoWhereThereIsRoom() throws {
        let demand = Demand(
            size: "large", smaller: ["small", "medium"],
            workloads: [pod("mysql", memory: 6000, on: "w1", another: false), pod("lms", 8)])
        let found = try findings(demand)
        #expect(found.map(\.host) == [nil])
        #expect(
            found.map(\.message) == [
                "size 'large' of the platform needs 0.80 processors and 8000 MiB for the pods that may stand anywhere, and there is no room for all of lms (0.10 processors and 1000 MiB a pod), or for one more while it is rolled out; the hosts have w1 3.55 processors and 1364 MiB (104 pods), w2 3.65 processors and 7364 MiB (105 pods) for pods"
            ])
        #expect(found.map(\.cure) == ["set openedx.size: medium, or take another worker"])
        #expect(try findings(demand, workers: 3) == [])
    }

    /// A cluster whose nodes have 13 addresses each, two of which are a proof's, and on one of them another CoreDNS's.
    private func findings(
        ofFew demand: Demand, plugin: Kubernetes.NetworkPlugin = .flannel
    ) throws -> [Finding] {
        try findings(demand, processors: 16, gibibytes: 64) { cluster, _ in
            cluster.kubernetes.networkPlugin = plugin
            cluster.kubernetes.nodeCIDRMask = 28
        }
    }

    @Test func podsNeedAddressesOnTheNodeOfTheirVolumes() throws {
        let demand = Demand(workloads: [pod("lms", 10, on: "w1")])
        let found = try findings(ofFew: demand)
        #expect(found.map(\.host) == ["w1"])
        #expect(
            found.map(\.message) == [
                "the platform has 11 pods whose volumes are here, with one that is rolled out; the host has places for 10 pods"
            ])
        #expect(found.first?.cure.hasPrefix("take a shorter kubernetes.nodeCIDRMask") == true)
        #expect(try findings(ofFew: Demand(workloads: [pod("lms", 9, on: "w1")])) == [])
        #expect(try findings(ofFew: demand, plugin: .calico) == [])
        let many = Demand(workloads: [pod("lms", 105, processors: 1, memory: 1, on: "w1")])
        #expect(try findings(many).count == 1)
    }

    @Test func podsThatMayStandAnywhereNeedAddressesToo() throws {
        let found = try findings(ofFew: Demand(workloads: [pod("lms", 21)]))
        #expect(found.map(\.host) == [nil])
        #expect(found.first?.message.contains("(10 pods)") == true)
        #expect(try findings(ofFew: Demand(workloads: [pod("lms", 19)])) == [])
    }

    @Test func aJobNeedsRoomBesideWhatRuns() throws {
        let job = Demand(workloads: [pod("lms", 7, another: false), pod("migrate", 0)])
        #expect(try findings(job, workers: 1).map(\.host) == [nil])
        #expect(try findings(Demand(workloads: [job.workloads[0]]), workers: 1) == [])
    }

    @Test func controlPlanesTakePodsWhereNobodyElseIs() throws {
        let demand = Demand(workloads: [pod("lms", 5)])
        #expect(try findings(demand, workers: 0) == [])
        let more = Demand(workloads: [pod("lms", 6)])
        #expect(try findings(more, workers: 0).map(\.severity) == [.error])
        #expect(try findings(more, workers: 1) == [])
    }

    @Test func whoKeepsPodsAwayHasNoRoom() throws {
        let demand = Demand(workloads: [pod("lms", 7)])
        let found = try findings(demand) { cluster, _ in
            cluster.hosts[1].taints = ["only=databases:NoSchedule"]
            cluster.hosts[2].taints = ["only=databases:PreferNoSchedule"]
        }
        #expect(found.first?.message.contains("the hosts have w2 3.65") == true)
    }

    @Test func nothingIsSaidOfHostsThatTakeNoPart() throws {
        let demand = Demand(workloads: [pod("mysql", memory: 9000, on: "w2"), pod("lms", 30)])
        #expect(try findings(demand) { _, facts in facts["w2"] = nil } == [])
        #expect(
            try findings(demand) { _, facts in facts["w2"]?.memoryKiB = 0 }.contains { $0.severity == .error }
                == false)
    }

    @Test func aHostWithoutRoomIsNoTroubleWhileNothingStandsThere() throws {
        let demand = Demand(workloads: [pod("lms", on: "w2")])
        let found = try findings(demand) { _, facts in facts["w1"]?.memoryKiB = 500_000 }
        #expect(found.filter { $0.severity == .error } == [])
    }

    /// What each edition and size asks of one node, as an inventory gets it that says nothing of storage.
    @Test(arguments: [
        ("verawood", nil, 2, 8), ("verawood", "small", 2, 8), ("verawood", "medium", 12, 32),
        ("verawood", "large", 96, 192), ("ironwood", nil, 2, 23),
    ]) func nodesThatAreJustLargeEnough(edition: String, size: String?, processors: Int, gibibytes: Int)
        throws
    {
        let demand = try demand(of: edition, size: size)
        #expect(try findings(demand, processors: processors, gibibytes: gibibytes, workers: 1) == [])
        guard edition == "verawood" else { return }
        let less = try findings(demand, processors: processors, gibibytes: gibibytes * 3 / 4, workers: 1)
        #expect(less.map(\.severity) == [.error], "three quarters of the memory are too little")
    }

    private func demand(of edition: String, size: String?) throws -> Demand {
        let cluster = Sample.cluster(workers: 1, version: "1.36")
        let openedx = ApplicationPart(
            edition: edition, host: "learn.example.edu", namespace: "openedx",
            storage: .local(root: "/var/lib/mooc-cluster", node: nil), volumeNodes: [], secrets: [],
            images: [],
            replicas: [], mark: nil, size: size)
        var whole = cluster
        whole.applications = [openedx]
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.appending(path: "manifests")
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
            .filter { [".yml", ".py", ".bash"].contains(where: $0.hasSuffix) }
            .map {
                ManifestFile(
                    path: "manifests/\($0)",
                    text: try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
            }
        let diagnostics = Diagnostics()
        let application = Application(openedx, of: whole, files: files, diagnostics: diagnostics)
        return try #require(application, "\(diagnostics.items)").rendered().demand
    }
}
