import Testing

@Suite struct UsageTests {
    @Test(arguments: [
        ["nonsense"], ["validate", "--nonsense"], ["validate", "--output", "xml"], ["validate", "a", "b"],
        ["--nonsense"], ["validate", "--inventory"], ["doctor", "--cluster", "--no-pairs"],
        ["kubeconfig", "--role", "view"], ["kubeconfig", "--user", "a b"], ["init", "--from", "a", "b"],
    ])
    func wrongUseIs64(arguments: [String]) async throws {
        let outcome = try await withTool { try await $0.run(arguments) }
        #expect(outcome.status == 64)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("Error: "))
    }

    @Test func versionIsAResult() async throws {
        let outcome = try await withTool { try await $0.run(["--version"]) }
        #expect(outcome.status == 0)
        #expect(outcome.output.split(separator: ".").count == 3)
        #expect(outcome.errors.isEmpty)
    }

    /// Follows the help from the root, so that a new command cannot be forgotten here.
    @Test func everyCommandHasHelp() async throws {
        try await withTool { tool in
            var open: [[String]] = [[]]
            var seen = 0
            while let command = open.popLast() {
                let help = try await tool.run(command + ["--help"])
                #expect(help.status == 0, "\(command)")
                #expect(help.errors.isEmpty, "\(command)")
                #expect(help.output.hasPrefix("OVERVIEW: "), "\(command)")
                open += Self.commands(in: help.output).map { command + [$0] }
                seen += 1
            }
            #expect(seen > 1)
        }
    }

    /// The names below the headings that end in SUBCOMMANDS in a help text: two spaces, then the name.
    private static func commands(in help: String) -> [String] {
        var isList = false
        return help.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
            if line.hasSuffix("SUBCOMMANDS:") { isList = true } else if line.isEmpty { isList = false }
            guard isList, line.hasPrefix("  "), line.dropFirst(2).first != " " else { return nil }
            return line.split(separator: " ").first.map(String.init)
        }
    }
}
