import Foundation
import TestSupport
import Testing
import YAML

/// The power of a node goes at every step of an `up` of a cluster of two nodes.
///
/// What the runs leave in the end is compared with what an undisturbed one leaves. `make fault` runs it; a sample are
/// the power cuts in a cluster's life.
@Suite("Power cuts", .lab, .serialized, .fault)
struct PowerCuts {
    private static let nodes = [LabNode(1), LabNode(2)]
    /// How often `up` may be run again: most faults are repaired in the run that they come in.
    private static let runs = 12

    private let state = ClusterState(kubectl: Kubectl(node: nodes[0]), namespace: "openedx")

    /// What runs leave.
    private struct Left: Equatable {
        var nodes: [[String]]
        var objects: [String]
    }

    @Test("each step of `up`, and the next `up` ends as if nothing had been")
    func everyStep() async throws {
        let site = try Workstation("fault")
        try await begin(site)
        try await site.run("up", "--yes", within: .seconds(600)).require(code: 0)
        let whole = try await left()

        try await begin(site)
        var cut: Set<String> = []
        var told: Set<String> = []
        var failed = 0
        for number in 1...Self.runs {
            let before = cut.count
            let code = try await up(site, &cut, &told)
            if code != 0 { failed += 1 }
            tell("fault: run \(number): \(cut.count - before) power cuts, exit code \(code)")
            if code == 0, cut.count == before { break }
        }
        let last = try await site.run("up", "--yes", within: .seconds(600))
        last.expect(code: 0)
        last.expect(line: "nothing was changed")
        let end = try await left()
        for (node, (now, then)) in zip(Self.nodes, zip(end.nodes, whole.nodes)) {
            Self.expectSame(now, then, "\(node)")
        }
        Self.expectSame(end.objects, whole.objects, "the cluster")
        let passed = told.count - cut.count
        tell(
            "fault: power: \(cut.count) power cuts of nodes, \(passed) steps were over before theirs came; "
                + "\(failed) runs had to be repeated; \(end == whole ? 0 : 1) failed")
        #expect(!cut.isEmpty)
    }

    /// Bare nodes and an inventory of them.
    private func begin(_ site: Workstation) async throws {
        for node in Self.nodes { try await node.wipe() }
        // Open edX would change nothing of what is done to a node.
        try await site.prepare(Self.nodes)
    }

    private func left() async throws -> Left {
        try await state.expectNodes(Self.nodes)
        try await settle("the end of what the proof needed", within: .seconds(120)) {
            try await state.kubectl.list("namespaces").map(\.name).filter { $0 == "mooc-cluster-proof" }
        }
        var nodes: [[String]] = []
        for node in Self.nodes { nodes.append(try await node.state()) }
        return Left(nodes: nodes, objects: try await state.objects())
    }

    /// Runs `up` and takes the power of a node away at each step that it has not been taken at before.
    private func up(
        _ site: Workstation, _ cut: inout Set<String>, _ told: inout Set<String>
    ) async throws -> Int32 {
        let up = try site.start("up", "--yes", "--output", "json")
        let end = ContinuousClock.now + .seconds(3600)
        var seen = 0
        var running: [String: String] = [:]
        func look() {
            let lines = up.lines(after: seen)
            for line in lines {
                guard let (node, step) = Self.step(line) else { continue }
                running[node] = step
                if let step { told.insert(step) }
            }
            seen += lines.count
        }
        while true {
            let outcome = up.outcome()
            look()
            for node in Self.nodes where outcome == nil {
                guard let step = running[node.name], AskedSteps.here.contain(step), cut.insert(step).inserted
                else { continue }
                tell("fault: power cut at \(step)")
                try await node.verb("cut")
                // What it has said until now is over.
                look()
                running[node.name] = nil
                try await node.verb("start")
            }
            if let outcome { return outcome.code }
            guard ContinuousClock.now < end else {
                up.signal(SIGKILL)
                throw Expired(what: "the end of up", limit: .seconds(3600), last: "")
            }
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    /// What a line of events says of the step that runs on a node: which one begins, or nil where one ends.
    private static func step(_ line: Substring) -> (node: String, step: String?)? {
        // Most lines are output.
        guard !line.contains("\"event\":\"output\""),
            let event = YAMLParser.document(String(line), file: "event", diagnostics: Diagnostics()),
            let kind = event["event"]?.text, let node = event["host"]?.text
        else { return nil }
        switch kind {
        case "started", "handlerStarted":
            let step = (event["step"] ?? event["handler"])?.text ?? ""
            return (node, "\(node): \(event["phase"]?.text ?? ""): \(step)")
        case "ok", "changed", "skipped", "failed", "handlerDone", "handlerFailed", "phaseEnded":
            return (node, nil)
        default: return nil
        }
    }

    private static func expectSame(_ now: [String], _ then: [String], _ what: String) {
        let (added, gone) = (Set(now).subtracting(then).sorted(), Set(then).subtracting(now).sorted())
        #expect(added.isEmpty, "\(what) has besides: \(added)")
        #expect(gone.isEmpty, "\(what) lacks: \(gone)")
    }
}
