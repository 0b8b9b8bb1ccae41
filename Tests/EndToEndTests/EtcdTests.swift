import Testing

/// The commands below `etcd`, as far as they are refused before any host is reached.
@Suite struct EtcdTests {
    private static func inventory(_ planes: Int) -> String {
        let hosts = (1...planes).map {
            "  - { name: c\($0), address: 192.0.2.\($0), role: control-plane, connection: local }\n"
        }
        return "cluster: here\nhosts:\n" + hosts.joined()
    }

    @Test func aFileThatIsNoSnapshotIsRefused() async throws {
        try await withTool { tool in
            try tool.write(Self.inventory(1), to: "inventory.yml")
            try tool.write(String(repeating: "x", count: 544), to: "wrong.db")
            let outcome = try await tool.run(["etcd", "restore", "wrong.db", "--yes"])
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("this is no whole snapshot of etcd: its checksum is another one"))
        }
    }

    @Test func aSnapshotDoesNotReplaceAFile() async throws {
        try await withTool { tool in
            try tool.write(Self.inventory(1), to: "inventory.yml")
            try tool.write("kept", to: "old.db")
            let outcome = try await tool.run(["etcd", "snapshot", "--to", "old.db"])
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains("old.db is there already"))
        }
    }
}
