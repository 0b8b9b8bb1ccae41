import Testing

@Suite struct ReachTests {
    /// An inventory whose host is a port of loopback where nobody listens (RFC 6335: 1 is tcpmux, which nobody runs).
    private static let inventory = """
        cluster: away
        ssh: { user: nobody, connectTimeout: 5 }
        hosts:
          - { name: a, address: 127.0.0.1, role: control-plane, ssh: { port: 1 } }

        """

    @Test(arguments: [["plan"], ["up"], ["play", "empty.yml"]])
    func anUnreachableHostIs69(arguments: [String]) async throws {
        try await withTool { tool in
            try tool.write(Self.inventory, to: "inventory.yml")
            try tool.write(
                "name: Nothing\nsteps:\n  - name: so\n    check: 'true'\n    apply: 'true'\n", to: "empty.yml"
            )
            let outcome = try await tool.run(arguments)
            #expect(outcome.status == 69, "\(outcome.errors)")
            #expect(outcome.errors.contains("cannot be reached"))
            #expect(outcome.errors.contains("next: "))
        }
    }

    @Test func anUnknownLimitIsUsage() async throws {
        try await withTool { tool in
            try tool.write(Self.inventory, to: "inventory.yml")
            let outcome = try await tool.run(["plan", "--limit", "b"])
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains("the hosts are a"))
        }
    }

    @Test func anUnknownPhaseIsUsage() async throws {
        try await withTool { tool in
            try tool.write(Self.inventory, to: "inventory.yml")
            let outcome = try await tool.run(["plan", "--skip-phases", "swop"])
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains("swap"))
        }
    }
}
