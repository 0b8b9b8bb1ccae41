import Foundation
import TestSupport
import Testing
import YAML

/// The tool is killed at the beginning of each phase of the verbs that change a cluster, and run again each time.
///
/// The tests run in the order of this file, each on what the one before left; `make fault` runs them.
@Suite("Killed verbs", .lab, .serialized, .fault)
struct KilledVerbs {
    private static let plane = LabNode(1)
    private static let workers = [LabNode(2), LabNode(3)]
    private static let next = "1.21.0"
    /// How often a verb may be run: once more than it has phases on all hosts.
    private static let runs = 60

    private static let home = Result { try Workstation("killed") }
    private var site: Workstation { get throws { try Self.home.get() } }
    private var state: ClusterState {
        ClusterState(kubectl: Kubectl(node: Self.plane), namespace: "openedx")
    }

    @Test("`node add`: the worker is in the cluster, and whole")
    func add() async throws {
        for node in [Self.plane] + Self.workers { try await node.wipe() }
        try await prepare(Array(Self.workers.prefix(1)))
        try await site.run("up", "--yes", within: .seconds(600)).require(code: 0)
        try await prepare(Self.workers)
        try await killedEverywhere(["node", "add", Self.workers[1].name])
        try await expectCluster(of: Self.workers, version: nil)
    }

    @Test(
        "`upgrade`: all nodes have the next version and take pods, but for the one that was cordoned before")
    func upgrade() async throws {
        try await prepare(Self.workers)
        let cordoned = Self.workers[0].name
        try await site.run("node", "cordon", cordoned, "--yes").require(code: 0)
        try await killedEverywhere(["upgrade", "--to", Self.next, "--snapshot-folder", site.home])
        let nodes = try await state.kubectl.list("nodes")
        #expect(nodes.filter { $0.at("spec", "unschedulable")?.text == "true" }.map(\.name) == [cordoned])
        try await site.run("node", "uncordon", cordoned, "--yes").require(code: 0)
        try await expectCluster(of: Self.workers, version: Self.next)
    }

    @Test("`node remove`: the worker has left, and the rest is well")
    func remove() async throws {
        try await prepare(Self.workers, version: Self.next)
        try await killedEverywhere(["node", "remove", Self.workers[1].name])
        try await prepare(Array(Self.workers.prefix(1)), version: Self.next)
        try await expectCluster(of: Array(Self.workers.prefix(1)), version: Self.next)
    }

    @Test("`reset`: nothing of Kubernetes is on any node")
    func reset() async throws {
        try await prepare(Array(Self.workers.prefix(1)), version: Self.next)
        try await killedEverywhere(["reset"])
        for node in [Self.plane, Self.workers[0]] {
            let left = try await node.read(
                "dpkg-query -W -f '${Package}\\n' 'kube*' 2>/dev/null || true; ls /etc/kubernetes 2>/dev/null || true"
            )
            #expect(left.isEmpty, "\(node)")
        }
    }

    /// Writes the inventory.
    private func prepare(_ workers: [LabNode], version: String? = nil) async throws {
        try await site.prepare([Self.plane] + workers) { inventory in
            let mirror = inventory.root["mirrors"]?["kubernetes"]?.text ?? ""
            inventory.root["mirrors"]?["kubernetes"] = .string(
                mirror.replacing("/v1.20/", with: "/v${minor}/"))
            if let version { inventory.root["kubernetes"]?["version"] = .string(version) }
        }
    }

    /// Runs a verb until it comes to its end, killed at each phase of each host that it has not been killed at before.
    private func killedEverywhere(_ verb: [String]) async throws {
        var killed: Set<String> = []
        for _ in 1...Self.runs {
            let run = try site.command(verb + ["--yes", "--output", "json"]).start(name: verb[0])
            var outcome: Outcome?
            var seen = 0
            while outcome == nil {
                let ended = run.outcome()
                let lines = run.lines(after: seen)
                seen += lines.count
                if ended == nil,
                    let fresh = lines.lazy.compactMap(Self.phase).first(where: { !killed.contains($0) })
                {
                    killed.insert(fresh)
                    run.signal(SIGKILL)
                    outcome = try await run.end(within: .seconds(60))
                } else if let ended {
                    outcome = ended
                } else {
                    try await Task.sleep(for: .milliseconds(5))
                }
            }
            guard let outcome, outcome.code != 128 + SIGKILL else { continue }
            outcome.expect(code: 0)
            tell("fault: \(verb.joined(separator: " ")): killed at \(killed.count) phases")
            #expect(killed.count > 3)
            return
        }
        Issue.record("\(verb) did not come to its end in \(Self.runs) runs")
    }

    /// The phase that begins, by a line of events; nil where none does.
    private static func phase(_ line: Substring) -> String? {
        guard line.contains("\"event\":\"phaseStarted\"") else { return nil }
        let event = YAMLParser.document(String(line), file: "event", diagnostics: Diagnostics())
        guard let host = event?["host"]?.text, let title = event?["title"]?.text else { return nil }
        return "\(host): \(title)"
    }

    private func expectCluster(of workers: [LabNode], version: String?) async throws {
        try await state.expectNodes([Self.plane] + workers)
        if let version {
            let versions = try await state.kubectl.list("nodes").map {
                $0.at("status", "nodeInfo", "kubeletVersion")?.text
            }
            #expect(Set(versions) == ["v" + version])
        }
        // Only the node itself and a control plane are touched; the other nodes' hosts file waits for an `up`.
        let plan = try await site.run("plan")
        let pending = plan.output.split(separator: "\n").filter { $0.contains("would change") }
        #expect(pending.allSatisfy { $0.hasSuffix("hosts file names all hosts") }, "\(plan)")
    }
}
