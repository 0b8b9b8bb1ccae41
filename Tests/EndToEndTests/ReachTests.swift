import Foundation
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
            // The folder that the last message names tells it too.
            let place = try #require(outcome.errors.split(separator: "said and done: ").last)
            let folder = place.prefix { !$0.isNewline }
            let log = try String(contentsOfFile: folder + "/a.log", encoding: .utf8)
            #expect(log.contains("cannot be reached"))
        }
    }

    /// A secret that is not to be had keeps every host from its work, and the run must not end as done.
    @Test(arguments: ["plan", "up", "reset"], ["{ env: NOT_SET_HERE }", "prompt"])
    func aMissingSudoPasswordIsUsage(command: String, source: String) async throws {
        try await withTool { tool in
            let inventory = Self.inventory.replacing("user: nobody", with: "user: x, sudoPassword: \(source)")
            try tool.write(inventory, to: "inventory.yml")
            let outcome = try await tool.run([command, "--yes"])
            #expect(outcome.status == 64, "\(outcome.errors)")
            #expect(outcome.errors.contains("The sudo password of x"))
            #expect(!outcome.errors.contains("--yes"))
        }
    }

    @Test(arguments: [("b", "the hosts are a"), ("", "names no host"), (",", "names no host")])
    func aLimitToNobodyIsUsage(limit: String, words: String) async throws {
        try await withTool { tool in
            try tool.write(Self.inventory, to: "inventory.yml")
            let outcome = try await tool.run(["plan", "--limit", limit])
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains(words))
        }
    }

    @Test func aPlaybookThatIsNotThereIs65() async throws {
        try await withTool { tool in
            try tool.write(Self.inventory, to: "inventory.yml")
            let outcome = try await tool.run(["play", "missing.yml"])
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains("missing.yml: "))
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
