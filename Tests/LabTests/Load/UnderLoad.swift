import Foundation
import TestSupport
import Testing
import YAML

/// Learners ask and tasks wait while the platform is changed; `make load` runs it, for half an hour.
///
/// The tests run in the order of this file, each on what the one before left. Volumes are those of a StorageClass, so
/// that LMS and its workers may stand on either node; a folder on each node stands in for storage that both share.
@Suite("Under load", .lab, .serialized, .load)
struct UnderLoad {
    /// A control plane and a worker.
    static let nodes = LabNode.underLoad
    private static let site = Result { try Workstation("load") }
    /// How many requests each change has to stand at least.
    private static let least = 10_000
    private static let tasks = 60

    /// The control plane, which holds the databases.
    var plane: LabNode { Self.nodes[0] }
    private var worker: LabNode { Self.nodes[1] }
    private var site: Workstation { get throws { try Self.site.get() } }
    private var state: ClusterState {
        ClusterState(kubectl: Kubectl(node: plane), namespace: "openedx", edition: .verawood)
    }

    @Test("a cluster of two nodes with Verawood, whose pods may stand on both")
    func begin() async throws {
        for node in Self.nodes { try await node.wipe() }
        try await prepare(openedx: false)
        try await site.run("up", "--yes", within: .seconds(900)).require(code: 0)
        try await makeVolumes()
        try await prepare()
        try await site.run("up", "--yes", within: .seconds(1200)).require(code: 0)
        try await state.expectNothingMissing()
    }

    @Test("another number of processes rolls the LMS alone; no request and no task is lost")
    func settingChanges() async throws {
        let before = try await state.identities()
        let sum = try await underLoad("setting") {
            try await prepare(processes: 3)
            try await site.run("apply", "--yes", within: .seconds(900)).require(code: 0)
        }
        let after = try await state.identities()
        #expect(Set(after.keys.filter { after[$0] != before[$0] }) == ["lms"])
        #expect(sum.failed == 0, "\(sum.lines)")
    }

    @Test("a node with all of LMS and its workers is drained; no request and no task is lost")
    func drain() async throws {
        try await prepare(processes: 3)
        try await site.run("node", "cordon", plane.name, "--yes").require(code: 0)
        for service in ["lms", "lms-worker"] {
            try await site.run("openedx", "restart", service, within: .seconds(600)).require(code: 0)
        }
        try await site.run("node", "uncordon", plane.name, "--yes").require(code: 0)
        let sum = try await underLoad("drain") {
            try await site.run("node", "drain", worker.name, "--yes", within: .seconds(900)).require(code: 0)
        }
        #expect(sum.failed == 0, "\(sum.lines)")
        try await site.run("node", "uncordon", worker.name, "--yes").require(code: 0)
        try await state.expectNothingMissing()
    }

    @Test("pods of the LMS die one after the other; nobody who reads is told")
    func death() async throws {
        let learners = try Learners(asking: plane, least: Self.least, reads: true)
        for _ in 1...3 {
            let pod = try #require(try await state.pods(of: "lms").first)
            try await state.kubectl(
                "delete", "pod", pod.name, "--namespace", "openedx", "--grace-period=0", "--force"
            ).require(code: 0)
            try await settle("two pods of the LMS", within: .seconds(180)) {
                let pods = try await state.pods(of: "lms").filter(ClusterState.isReady)
                return pods.count < 2 ? ["\(pods.count) are ready"] : []
            }
        }
        let sum = try await learners.end()
        tell("load: deaths: \(sum)")
        #expect(sum.failed == 0, "\(sum.lines)")
    }

    /// Does something while learners ask and tasks wait, and looks what became of both.
    private func underLoad(_ name: String, _ body: () async throws -> Void) async throws -> Learners.Sum {
        let learners = try Learners(asking: plane, least: Self.least)
        let key = "\(name)-\(ProcessInfo.processInfo.processIdentifier)"
        let lms = try #require(try await state.pods(of: "lms").first(where: Self.stays))
        try await state.kubectl(
            "exec", "--namespace", "openedx", lms.name, "--", "./manage.py", "lms", "stand_in_work", key,
            String(Self.tasks), "1500"
        ).require(code: 0)
        try await body()
        var done: [String] = []
        try await settle("the end of \(Self.tasks) tasks", within: .seconds(300)) {
            done = try await ended(key)
            return Set(done).count < Self.tasks ? ["\(done.count) have ended"] : []
        }
        let sum = try await learners.end()
        tell("load: \(name): \(sum); of \(Self.tasks) tasks \(Set(done).count) ended, \(done.count) times")
        #expect(done.count == Self.tasks, "a task was done twice")
        return sum
    }

    /// Whether a pod is ready, and not on its way out.
    private static func stays(_ pod: Node) -> Bool {
        ClusterState.isReady(pod) && pod.at("metadata", "deletionTimestamp") == nil
    }

    /// The keys of the tasks that have ended, as often as they did.
    private func ended(_ key: String) async throws -> [String] {
        let statement = "SELECT `key` FROM openedx.stand_in_done WHERE `key` LIKE '\(key)-%'"
        let client =
            #"MYSQL_PWD=$MYSQL_ROOT_PASSWORD exec mysql --host=127.0.0.1 --user=root --skip-column-names --batch --execute="$1""#
        let outcome = try await state.kubectl(
            "exec", "--namespace", "openedx", "mysql-0", "--", "sh", "-c", client, "sh", statement)
        try outcome.require(code: 0)
        return outcome.output.split(separator: "\n").map(String.init)
    }

    /// Writes the inventory, and beside it a size with so many processes that asks for less than both nodes have.
    private func prepare(openedx: Bool = true, processes: Int = 2) async throws {
        try await site.prepare(Self.nodes) { inventory in
            // One node must have addresses for all pods while the other one is drained.
            inventory.root["kubernetes"]?["nodeCIDRMask"] = 27
            inventory.root["openedx"] =
                openedx
                ? [
                    "host": "learn.example.edu",
                    "storage": ["class": "lab-one", "sharedClass": "lab-shared"],
                ] : nil
        }
        let path = "/manifests/openedx/verawood/sizes"
        try FileManager.default.createDirectory(
            atPath: try site.home + path, withIntermediateDirectories: true)
        let size = try String(contentsOfFile: Lab.here.tree + path + "/small.yml", encoding: .utf8)
            .replacing("cpu: 150m", with: "cpu: 50m").replacing("cpu: 200m", with: "cpu: 50m")
            .replacing(/(  lms: .*processes: )"2"/) { "\($0.1)\"\(processes)\"" }
        try Lab.write(size, to: try site.home + path + "/small.yml")
    }
}

extension ClusterState {
    /// Waits for all nodes and services.
    fileprivate func expectNothingMissing() async throws {
        try await settle("all services", within: .seconds(300)) { try await missingServices() }
    }
}
