import Foundation
import Testing
import YAML

/// `plan --out` and `up --plan`, over three hosts in network namespaces, with one phase of the site's own that writes a file
/// for each.
@Suite(.enabled("this takes root, and namespaces") { ThreeHosts.canBeMade })
struct KeptPlanTests {
    /// Leaves out all phases but `system`, whose playbook is the test's own.
    private static let only =
        "swap,address,address-confirm,containerd,docker,packages,images,volumes,control-plane,"
        + "join-material,network-plugin,kubeconfig,join-control-plane,join,join-done,nodes,coredns"

    private func script(_ lines: String, _ tool: Tool) async throws -> Tool.Outcome {
        try tool.write(
            """
            name: Words
            values: [NODE_NAME]
            steps:
              - name: the word is there
                file: \(tool.folder)/made/${NODE_NAME}
                content: |
                  word

            """, to: "playbooks/system.yml")
        return try await ThreeHosts.script(
            """
            mkdir made
            tool plan --out plan.json --skip-phases \(Self.only) >plan.out || echo $? >code
            \(lines)
            """, tool)
    }

    private func text(_ name: String, _ tool: Tool) throws -> String {
        try String(contentsOfFile: "\(tool.folder)/\(name)", encoding: .utf8)
    }

    @Test func whatHasChangedSinceIsNamedAndNothingIsDone() async throws {
        try await withTool { tool in
            let outcome = try await script(
                "echo another >made/n2; tool up --plan plan.json; code=$?; ls made >after; exit $code", tool)
            #expect(outcome.status == 1, "\(outcome.errors)")
            #expect(try text("code", tool) == "2\n")
            let file = "\(tool.folder)/made/n2"
            #expect(
                outcome.errors.contains(
                    "n2, phase system: 'the word is there' (\(file)) would change otherwise than planned"))
            #expect(outcome.errors.contains("nothing was changed"))
            #expect(!outcome.errors.contains("n1, phase system"))
            #expect(try text("after", tool) == "n2\n")
            let plan = try json(try text("plan.json", tool))
            #expect(plan["schema"]?.text == "mooc-cluster-plan/1")
            #expect(plan["steps"]?.items?.map { $0["host"]?.text } == ["n1", "n2", "n3"])
            let mode = try FileManager.default.attributesOfItem(atPath: tool.folder + "/plan.json")
            #expect(mode[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test func aFileThatWasDoneByHandIsNamedToo() async throws {
        try await withTool { tool in
            let outcome = try await script(
                "echo word >made/n3; tool up --plan plan.json --output json", tool)
            #expect(outcome.status == 1, "\(outcome.errors)")
            let last = try #require(outcome.output.split(separator: "\n").last)
            let drift = try json(String(last))["drift"]?.items ?? []
            #expect(drift.map { $0["host"]?.text } == ["n3"])
            #expect(drift.map { $0["file"]?.text } == ["\(tool.folder)/made/n3"])
        }
    }

    @Test func aPlanThatHoldsIsDone() async throws {
        try await withTool { tool in
            // There is no cluster to be proven here, so it is ended when its one phase is done.
            let outcome = try await script(
                """
                "$0" up --plan plan.json & up=$!
                for _ in $(seq 600); do test "$(ls made | wc -l)" -lt 3 || break; sleep 0.1; done
                kill "$up"; wait "$up"
                cat made/*
                """, tool)
            #expect(!outcome.errors.contains("the plan does not hold"))
            #expect(outcome.output.hasSuffix("word\nword\nword\n"), "\(outcome.errors)")
        }
    }

    @Test func aPlanNamesImagesOfApplications() async throws {
        try await withTool { tool in
            let command = "tool plan --output json --skip-phases \(Self.only) | tail -n 1"
            let outcome = try await ThreeHosts.script(
                command, tool, more: "applications: { test-server: {} }")
            let result = try json(outcome.output)
            #expect(result["application"]?.isNull == true, "\(outcome.errors)")
            #expect(
                result["estimate"]?["unsized"]?.items?.map(\.text) == ["docker.io/library/busybox:1.36.1"])
        }
    }

    @Test func aPlanOfAnotherInventoryIsRefused() async throws {
        try await withTool { tool in
            let outcome = try await script(
                "echo '# more' >>inventory.yml; tool up --plan plan.json; code=$?; ls made >after; exit $code",
                tool)
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("has changed since the plan was made"))
            #expect(try text("after", tool).isEmpty)
        }
    }

    @Test func aPlanBringsItsOwnLimit() async throws {
        try await withTool { tool in
            let outcome = try await tool.run(["up", "--plan", "plan.json", "--limit", "n1"])
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains("--plan brings its own --limit"))
        }
    }

    @Test func whatIsNoPlanIs65() async throws {
        try await withTool { tool in
            try tool.write("{}", to: "plan.json")
            let outcome = try await tool.run(["up", "--plan", "plan.json"])
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains("plan.json is no plan of the schema mooc-cluster-plan/1"))
        }
    }
}
