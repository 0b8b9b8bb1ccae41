import Foundation
import Testing

/// What `upgrade` refuses before any host is reached.
@Suite struct UpgradeTests {
    private static let inventory = """
        cluster: here
        kubernetes: { version: "1.34" }  # for now
        hosts: [{ name: c1, address: 192.0.2.11, role: control-plane }]

        """

    @Test(
        arguments: [
            (["--to", "1.99"], 65, "inventory.yml:2:24: Kubernetes 1.99 is not known"),
            (["--to", "1.20.16"], 65, "there is no Kubernetes 1.20.16: 1.20.15 was the last of 1.20"),
            (["--to", "newest"], 65, "'newest' is no version of Kubernetes"),
            (["--to", "1.35", "--limit", "c1"], 64, "an upgrade is for the whole cluster"),
            (["--at-once", "0"], 64, "--at-once must be at least 1"),
        ] as [([String], Int32, String)])
    func badInputIsRefusedAtOnce(_ arguments: [String], _ status: Int32, _ words: String) async throws {
        try await withTool { tool in
            try tool.write(Self.inventory, to: "inventory.yml")
            let outcome = try await tool.run(["upgrade"] + arguments + ["--yes"])
            #expect(outcome.status == status)
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
            #expect(
                try String(contentsOfFile: tool.folder + "/inventory.yml", encoding: .utf8) == Self.inventory)
        }
    }
}
