import Testing
import YAML

/// The command `explain`; it needs neither inventory nor network.
@Suite struct ExplainTests {
    @Test func allCausesAreListed() async throws {
        try await withTool { tool in
            let table = try await tool.run(["explain"])
            #expect(table.status == 0, "\(table.errors)")
            let list = try json(try await tool.run(["explain", "--output", "json"]).output).items ?? []
            #expect(list.count > 50)
            let lines = table.output.split(separator: "\n")
            #expect(lines.count == list.count + 1)
            for (line, cause) in zip(lines.dropFirst(), list) {
                #expect(line.hasPrefix((cause["name"]?.text ?? "?") + " "))
            }
        }
    }

    @Test func oneIsToldWithWhatToDo() async throws {
        try await withTool { tool in
            let told = try await tool.run(["explain", "Disk-Full"])
            #expect(told.status == 0, "\(told.errors)")
            let cause = try json(try await tool.run(["explain", "disk-full", "--output", "json"]).output)
            for key in ["name", "cause", "cure", "command"] {
                #expect(told.output.contains(try #require(cause[key]?.text)))
            }
            #expect(told.output.contains("no space left on device"))
        }
    }

    @Test(arguments: [
        ("apt-lockd", "did you mean 'apt-locked'?"), ("qqqqqqqq", "`mooc-cluster explain` lists"),
    ])
    func anUnknownOneGetsASuggestion(code: String, words: String) async throws {
        let outcome = try await withTool { try await $0.run(["explain", code]) }
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains(words))
    }
}

extension ThisMachine {
    /// What a failed run says of its cause is what `explain` says of it.
    @Suite struct ExplainedFailureTests {
        @Test func aFailureSaysTheSame() async throws {
            try await withTool { tool in
                try tool.write(
                    """
                    cluster: here
                    hosts:
                      - { name: here, address: 127.0.0.1, role: control-plane, connection: local }

                    """, to: "inventory.yml")
                try tool.write(
                    "name: Bad\nsteps:\n  - name: it works\n    sudo: false\n    check: 'false'\n"
                        + "    apply: 'echo E: Could not get lock; exit 100'\n", to: "bad.yml")
                let failed = try await tool.run(["play", "bad.yml"])
                #expect(failed.status == 1)
                let cause = try json(
                    try await tool.run(["explain", "apt-locked", "--output", "json"]).output)
                for key in ["name", "cause", "cure", "command"] {
                    #expect(failed.errors.contains(try #require(cause[key]?.text)), "\(failed.errors)")
                }
            }
        }
    }
}
