import Foundation
import Testing
import YAML

@Suite struct ValidateTests {
    private static let head = "cluster: campus\n"
    private static let hosts = "hosts:\n  - { name: a, address: 192.0.2.1, role: control-plane }\n"

    /// A wrong inventory, and the place and words that validation must name.
    static let wrong: [(inventory: String, place: String, word: String)] = [
        (head + hosts + "kubernets: {}\n", "4:1", "kubernetes"),
        (head + "hosts: 5\n", "2:8", "hosts"),
        (head + hosts + "  - { name: a, address: 192.0.2.2 }\n", "4:13", "'a'"),
        (head + hosts + "  - { name: b, address: 192.0.2.1 }\n", "4:25", "192.0.2.1"),
        (head + "hosts:\n  - { name: a, address: 192.0.2.1, role: worker }\n", "3:3", "control-plane"),
        (
            head + "hosts:\n  - { name: a, address: 192.0.2.999, role: control-plane }\n", "3:25",
            "192.0.2.999"
        ),
        (
            head + hosts + "kubernetes: { podNetwork: 10.96.0.0/16, serviceNetwork: 10.96.0.0/12 }\n", "4:",
            "10.96.0.0"
        ),
        (head + hosts + "kubernetes: { version: \"1.99\" }\n", "4:24", "1.99"),
        (head + hosts + "kubernetes: { version: \"1.36\", runtime: docker }\n", "4:24", "docker: false"),
        (head + hosts + "ssh: { key: ./missing }\n", "4:13", "missing"),
        (head + hosts + "cluster: again\n", "4:1", "twice"),
        (head + hosts + "ssh:\n\tuser: x\n", "5:1", "tab"),
        (head + hosts + "openedx: { edition: ironwod, host: x.example.edu }\n", "4:21", "ironwood"),
        (head + hosts + "kubernetes: { version: 1.36.999 }\n", "4:24", "no Kubernetes 1.36.999"),
        (head + hosts + "kubernetes: { version: 1.20.16 }\n", "4:24", "1.20.15 was the last"),
        (openedx + "images: { edxap: r/x:1 } }\n", "4:66", "'edxapp'"),
        (openedx + "replicas: { lsm: 2 } }\n", "4:68", "'lms'"),
        (openedx + "secrets: { mysql-rot-password: prompt } }\n", "4:67", "'mysql-root-password'"),
        (openedx + "volumeNodes: { mysql-date: a } }\n", "4:71", "'mysql-data'"),
        (openedx + "tls: acme }\n", "4:61", "means nothing to the edition 'ironwood'"),
        (verawood + "mfeHost: apps.example.edu }\n", "4:46", "apps.learn.example.edu"),
        (verawood + "services: [notes, ecommerce] }\n", "4:55", "gave it up"),
        (verawood + "stores: { mysql: { host: db.example.edu } } }\n", "4:45", "mysql-root-password"),
        (
            head + hosts + "kubernetes: { cni: calico, version: 1.22 }\n", "4:37",
            "row \"1.22\": packages: false"
        ),
    ]

    private static let verawood = head + hosts + "openedx: { host: learn.example.edu, "

    private static let openedx = head + hosts + "openedx: { edition: ironwood, host: learn.example.edu, "

    @Test(arguments: wrong)
    func wrongInventoryIs65WithItsPlace(inventory: String, place: String, word: String) async throws {
        try await withTool { tool in
            try tool.write(inventory, to: "inventory.yml")
            let outcome = try await tool.run(["validate"])
            #expect(outcome.status == 65)
            let named = outcome.output.split(separator: "\n").contains { line in
                line.hasPrefix("inventory.yml:\(place)") && line.contains(word)
            }
            #expect(named, "\(outcome.output)")
        }
    }

    @Test func everythingIsReportedAtOnce() async throws {
        try await withTool { tool in
            try tool.write(
                "cluster: campus\nhosts:\n  - { nam: a, address: 1 }\n  - { name: b }\n", to: "inventory.yml")
            let outcome = try await tool.run(["validate", "--output", "json"])
            #expect(outcome.status == 65)
            let result = try json(outcome.output)
            #expect(result["valid"]?.text == "false")
            let lines = result["diagnostics"]?.items?.compactMap { $0["line"]?.text } ?? []
            #expect(lines.contains("3") && lines.contains("4"))
        }
    }

    /// What only the edition knows to be wrong is said together with what is wrong elsewhere.
    @Test func namesOfTheEditionAreReportedWithAllElse() async throws {
        try await withTool { tool in
            try tool.write(
                Self.head + Self.hosts
                    + "ssh: { port: x }\nopenedx:\n  edition: ironwood\n  host: learn.example.edu\n  images: { edxap: r/x:1 }\n",
                to: "inventory.yml")
            let outcome = try await tool.run(["validate"])
            #expect(outcome.status == 65)
            #expect(outcome.output.split(separator: "\n").count == 2, "\(outcome.output)")
            #expect(outcome.output.contains("inventory.yml:4:14: "))
            #expect(outcome.output.contains("inventory.yml:8:13: "))
        }
    }

    @Test func aPatchThatTheToolDoesNotKnowYetIsTakenWithAWarning() async throws {
        try await withTool { tool in
            try tool.write(Self.head + Self.hosts + "kubernetes: { version: 1.37.20 }\n", to: "inventory.yml")
            let outcome = try await tool.run(["validate"])
            #expect(outcome.status == 0)
            #expect(
                outcome.output.contains("inventory.yml:4:24: warning: Kubernetes 1.37.20 is newer than 1.37.")
            )
            #expect(outcome.output.contains("is fine: cluster campus"))
        }
    }

    @Test func aProxysPasswordAsksForAFileOfItsOwnersAndIsNotShown() async throws {
        try await withTool { tool in
            let mirrors = "mirrors: { proxy: 'http://u:canary@proxy.example.edu:3128' }\n"
            try tool.write(Self.head + Self.hosts + mirrors, to: "inventory.yml")
            let file = tool.folder + "/inventory.yml"
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
            let open = try await tool.run(["validate"])
            #expect(open.status == 65)
            #expect(open.output.hasPrefix("inventory.yml:4:19: the proxy's password"), "\(open.output)")
            #expect(!(open.output + open.errors).contains("canary"))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
            #expect(try await tool.run(["validate"]).status == 0)
        }
    }

    @Test func anInventoryCannotCommandTheTerminal() async throws {
        try await withTool { tool in
            try tool.write("cluster: \"\\e[31mred\"\n" + Self.hosts, to: "inventory.yml")
            let outcome = try await tool.run(["validate"])
            #expect(outcome.status == 65)
            #expect(outcome.output.contains("not 'red'"))
        }
    }

    @Test func initThenValidate() async throws {
        try await withTool { tool in
            #expect(try await tool.run(["validate"]).status == 65)
            let made = try await tool.run(["init"])
            #expect(made.status == 0)
            #expect(made.output == "inventory.yml\n")
            // What must be filled in is not filled in yet.
            let empty = try await tool.run(["validate"])
            #expect(empty.status == 65)
            #expect(empty.output.contains("inventory.yml:"))
            let again = try await tool.run(["init"])
            #expect(again.status == 1)
            #expect(again.errors.contains("inventory.yml is there already"))
        }
    }

    @Test func initTellsScriptsWhatItWrote() async throws {
        try await withTool { tool in
            let made = try await tool.run(["init", "--output", "json"])
            #expect(made.status == 0)
            #expect(try json(made.output)["files"]?.items?.map(\.text) == ["inventory.yml"])
        }
    }

    @Test func anInventoryThatCannotBeReadIs65() async throws {
        try await withTool { tool in
            try tool.write("", to: "inventory.yml/file")
            let outcome = try await tool.run(["validate"])
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains("inventory.yml: "))
        }
    }

    @Test func theVariableNamesTheInventory() async throws {
        try await withTool { tool in
            var tool = tool
            tool.environment["MOOC_CLUSTER_INVENTORY"] = "site/hosts.yml"
            try tool.write(Self.head + Self.hosts, to: "site/hosts.yml")
            let outcome = try await tool.run(["validate"])
            #expect(outcome.status == 0)
            #expect(outcome.output.hasPrefix("site/hosts.yml is fine: cluster campus, 1 control plane"))
            #expect(outcome.output.contains("Kubernetes 1."))
            #expect(outcome.errors.isEmpty)
        }
    }
}

/// Reads a result as JSON; a diagnostic of the reader fails the test.
func json(_ text: String) throws -> Node {
    let diagnostics = Diagnostics()
    let node = YAMLParser.document(text, file: "result", diagnostics: diagnostics)
    #expect(!diagnostics.hasErrors, "\(diagnostics.sorted)")
    return try #require(node)
}
