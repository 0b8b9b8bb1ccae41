import Inventory
import Playbook
import TestSupport
import Testing

@testable import Provisioning

/// What is read after a step that waits for Kubernetes has failed.
struct EvidenceTests {
    private static let playbooks = [
        "playbooks/waits.yml": """
        name: Waits
        evidence: playbooks/look.yml
        steps: [{ name: it comes, register: IT, value: echo nothing came >&2; false }]
        """,
        "playbooks/look.yml": """
        name: Look
        steps:
          - name: what there is
            register: READ
            value: cat "$HOME/log" >&2
          - name: nodes that are not Ready
            register: UNREADY_NODES
            value: cat "$HOME/unready"
        """,
    ]

    /// The failure on a control plane whose cluster has nodes that are not Ready.
    private func failure(unready: String) async throws -> PhaseFailure {
        try await withScratchFolder { folder in
            let names = ["c1", "w1", "w2"]
            var nodes: [String: FakeNode] = [:]
            for name in names {
                let node = try FakeNode(root: "\(folder)/\(name)")
                try node.write("\(name) says: dial tcp: i/o timeout\n", to: "log")
                try node.write(name == "c1" ? unready : "", to: "unready")
                nodes[name] = node
            }
            let ways = nodes
            let surroundings = Surroundings(
                asset: { path in Array((Self.playbooks[path] ?? "").utf8) }, file: { _ in [] }, now: { 0 },
                connect: { host in try #require(ways[host.name]) }, privilege: { _ in .none },
                explain: { ("\($0)", "") })
            let cluster = Sample.cluster(workers: 2)
            let phase = Phase(id: "waits", title: "Waits", help: "", hosts: .firstControlPlane, needs: [])
            let crew = Crew(
                surroundings: surroundings, library: try PlaybookLibrary([phase.playbook], surroundings),
                mode: .plan, neighbours: cluster.hosts, onEvent: { _ in })
            let (outcome, _) = await crew.perform(phase, on: cluster.hosts[0]) { _ in Values() }
            guard case .failed(let failure) = outcome.ending else {
                throw Missing(ending: "\(outcome.ending)")
            }
            return failure
        }
    }

    @Test func theHostItselfIsLookedAtFirst() async throws {
        let failure = try await failure(unready: "")
        #expect(failure.output == ["nothing came"])
        #expect(failure.seen == [Evidence(host: "c1", lines: ["c1 says: dial tcp: i/o timeout"])])
        #expect(failure.evidence == "c1 says: dial tcp: i/o timeout")
    }

    @Test func nodesThatAreNotReadyAreLookedAtToo() async throws {
        let failure = try await failure(unready: "w2\nc1\nstranger\n")
        #expect(failure.seen.map(\.host) == ["c1", "w2"])
        #expect(failure.seen.last?.lines == ["w2 says: dial tcp: i/o timeout"])
    }

    private struct Missing: Error { let ending: String }
}
