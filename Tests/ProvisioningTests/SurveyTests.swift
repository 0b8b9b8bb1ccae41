import Inventory
import Playbook
import TestSupport
import Testing

@testable import Provisioning

/// Looking at hosts whose state goes on changing.
struct SurveyTests {
    /// What two hosts tell in place of `facts.yml`: a control plane that knows its worker from the second look on, and
    /// a worker that says that it has joined.
    static let facts = """
        name: Facts
        steps:
          - name: part of a cluster
            register: JOINED
            value: echo kubelet; test ! -e "$HOME/plane" || echo control-plane
          - name: nodes that the cluster knows
            register: NODES
            value: |
              test -e "$HOME/plane" || exit 0
              echo c1
              cat "$HOME/joined" 2>/dev/null || cp "$HOME/next" "$HOME/joined"
        """

    private func findings(next: String) async throws -> [Finding] {
        try await withScratchFolder { folder in
            let nodes = try ["c1", "w1"].map { try FakeNode(root: "\(folder)/\($0)") }
            try nodes[0].write("", to: "plane")
            try nodes[0].write(next, to: "next")
            let surroundings = Surroundings(
                asset: { path in
                    switch path {
                    case "playbooks/facts.yml": Array(Self.facts.utf8)
                    case "playbooks/versions.yml": try Sample.file(path)
                    default:
                        Array(
                            "name: Nothing\nsteps: [{ name: nothing, check: 'true', apply: 'false' }]\n".utf8)
                    }
                },
                file: { _ in [] }, now: { 0 }, connect: { $0.name == "c1" ? nodes[0] : nodes[1] },
                privilege: { _ in .none }, explain: { ("\($0)", "") })
            let run = Run(
                Sample.cluster(workers: 1), surroundings, Run.Settings(mode: .plan), onEvent: { _ in })
            let report = try await run.perform()
            #expect(!report.outcomes.isEmpty && report.failures.isEmpty)
            return report.findings
        }
    }

    @Test func aJoinThatEndedBetweenTheLooksAtTwoHostsIsNoStrangers() async throws {
        let findings = try await findings(next: "w1")
        #expect(!findings.contains { $0.message.contains("this cluster has no node") })
    }

    @Test func aHostOfAnotherClusterIsFound() async throws {
        let findings = try await findings(next: "w2")
        #expect(findings.contains { $0.message.contains("this cluster has no node 'w1'") && $0.host == "w1" })
    }
}
