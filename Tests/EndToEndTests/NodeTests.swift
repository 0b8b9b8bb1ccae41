import Foundation
import Testing

/// What `node` refuses before anything is touched.
@Suite struct NodeTests {
    private static let hosts = """
        cluster: nodes
        hosts:
          - { name: master, address: 192.0.2.11, role: control-plane }  # governs
          - { name: node1, address: 192.0.2.12, privateAddress: 10.1.0.12, role: worker, labels: { disk: ssd } }

        """

    @Test(
        arguments: [
            (["add", "node9"], 64, "the inventory has no host 'node9'; the hosts are master, node1"),
            (["add", "node9", "node8", "--address", "192.0.2.19"], 64, "--address goes with one name"),
            (["add", "node1", "--role", "worker", "--label", "a=b"], 64, "--label go with --address"),
            (
                ["add", "node9", "--address", "192.0.2.12"], 64,
                "the host 'node1' has the address 192.0.2.12 already"
            ),
            (
                ["add", "node9", "--address", "10.1.0.12"], 64,
                "the host 'node1' has the address 10.1.0.12 already"
            ),
            (
                ["add", "node1", "--address", "192.0.2.19"], 64,
                "inventory.yml:4:5: the inventory has another host 'node1'"
            ),
            (["add", "Node_9", "--address", "192.0.2.19"], 65, "write 'node-9'"),
            (["add", "node9", "--address", "192.0.2.999"], 65, "inventory.yml:5:"),
            (["add", "node9", "--address", "192.0.2.19", "--label", "a b=c"], 65, "cannot be a label"),
            (["add", "node9", "--address", "192.0.2.19", "--label", "a"], 64, "--label"),
            (["remove", "node9"], 64, "the inventory has no host 'node9'"),
            (["drain", "node1", "node9"], 64, "the inventory has no host 'node9'"),
            (["drain", "node1", "--drain-timeout", "0"], 64, "--drain-timeout must be from 1 to 3600"),
            (["cordon"], 64, "Missing expected argument"),
            (["uncordon", "node9"], 64, "the inventory has no host 'node9'"),
        ] as [([String], Int32, String)])
    func badInputIsRefusedAtOnce(_ arguments: [String], _ status: Int32, _ words: String) async throws {
        try await withTool { tool in
            try tool.write(Self.hosts, to: "inventory.yml")
            let outcome = try await tool.run(["node"] + arguments + ["--yes"])
            #expect(outcome.status == status)
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
            let text = try String(contentsOfFile: tool.folder + "/inventory.yml", encoding: .utf8)
            #expect(text == Self.hosts)
        }
    }

    @Test func aListThatCannotBeAddedToIsShownTheLine() async throws {
        try await withTool { tool in
            let text = "cluster: nodes\nhosts: [{ name: master, address: 192.0.2.11, role: control-plane }]\n"
            try tool.write(text, to: "inventory.yml")
            let outcome = try await tool.run(
                ["node", "add", "node9", "--address", "192.0.2.19", "--label", "disk=ssd"])
            #expect(outcome.status == 65)
            let line = "- { name: node9, address: 192.0.2.19, role: worker, labels: { disk: ssd } }"
            #expect(outcome.errors.contains(line), "\(outcome.errors)")
            #expect(try String(contentsOfFile: tool.folder + "/inventory.yml", encoding: .utf8) == text)
        }
    }

    @Test func aHostThatIsNotReachedIsNotWrittenDown() async throws {
        try await withTool { tool in
            // Nobody listens on this port of this machine.
            let text =
                Self.hosts.replacing("192.0.2.11", with: "127.0.0.1")
                + "ssh: { port: 1, connectTimeout: 2 }\n"
            try tool.write(text, to: "inventory.yml")
            let outcome = try await tool.run(["node", "add", "node9", "--address", "127.0.0.2", "--yes"])
            #expect(outcome.status == 69, "\(outcome.errors)")
            #expect(try String(contentsOfFile: tool.folder + "/inventory.yml", encoding: .utf8) == text)
        }
    }
}
