import Foundation
import Testing
import YAML

/// `--plan` of commands that change hosts, over three hosts in network namespaces, with a playbook of the site's own.
@Suite(.enabled("this takes root, and namespaces") { ThreeHosts.canBeMade })
struct VerbPlanTests {
    private func script(_ lines: String, _ tool: Tool) async throws -> Tool.Outcome {
        try tool.write(
            """
            name: Words
            values: [CRI_SOCKET]
            steps:
              - name: no word is there
                effect: nobody can read it
                takes: 30
                brings: printf '1500000 silence\\n~500000 more of it\\n- a word\\n'
                check: test ! -e "\(tool.folder)/made/$(ip -o -4 addr show | sed -n 's|.* 10.77.0.\\([0-9]*\\)/.*|\\1|p')"
                apply: rm -r "\(tool.folder)/made/"*

            """, to: "playbooks/reset.yml")
        return try await ThreeHosts.script("mkdir -p made/11 made/12 made/13\n\(lines)", tool)
    }

    @Test func resetSaysWhatItWouldDoAndDoesNothing() async throws {
        try await withTool { tool in
            let outcome = try await script(
                "tool reset --no-restore --plan; code=$?; ls made >after; exit $code", tool)
            #expect(outcome.status == 2, "\(outcome.errors)")
            #expect(
                outcome.output.hasPrefix(
                    """
                    n1
                      reset-first
                        would change: no word is there
                            fetches silence (1.5 MB)
                            fetches more of it (about 0.5 MB)
                            fetches a word (size not known)
                            meanwhile: nobody can read it
                    n2

                    """), "\(outcome.output)")
            // the workers at once, then the control plane
            #expect(
                outcome.output.hasSuffix(
                    ": 3 steps to change; about 1 min 00 s, about 6.0 MB from outside, and what has no known size\n"
                ), "\(outcome.output)")
            let left = try String(contentsOfFile: "\(tool.folder)/after", encoding: .utf8)
            #expect(left == "11\n12\n13\n")
        }
    }

    @Test func scriptsGetTheSame() async throws {
        try await withTool { tool in
            let outcome = try await script(
                "tool reset --no-restore --plan --limit n2 --output json", tool)
            #expect(outcome.status == 2, "\(outcome.errors)")
            let result = try json(String(try #require(outcome.output.split(separator: "\n").last)))
            let steps = result["plan"]?.items ?? []
            #expect(steps.map { $0["host"]?.text } == ["n2"])
            #expect(steps.first?["effect"]?.text == "nobody can read it")
            #expect(steps.first?["seconds"]?.text == "30")
            let brings = steps.first?["brings"]?.items ?? []
            #expect(brings.map { $0["name"]?.text } == ["silence", "more of it", "a word"])
            #expect(brings.prefix(2).map { $0["bytes"]?.text } == ["1500000", "500000"])
            #expect(brings.last?["bytes"]?.isNull == true)
            #expect(brings.map { $0["rough"]?.text } == ["false", "true", "false"])
            #expect(result["estimate"]?["seconds"]?.text == "30")
            #expect(result["estimate"]?["bytes"]?.text == "2000000")
            #expect(result["estimate"]?["unsized"]?.items?.map(\.text) == ["a word"])
        }
    }

    @Test func whatIsDoneAlreadyIsNothingToChange() async throws {
        try await withTool { tool in
            let outcome = try await script("rm -r made/*; tool reset --no-restore --plan", tool)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.hasSuffix(": nothing to change\n"))
        }
    }
}
