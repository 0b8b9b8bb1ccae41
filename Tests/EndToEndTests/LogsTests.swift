import Foundation
import Testing
import YAML

extension ThisMachine {
    /// The command `logs`.
    @Suite struct LogsTests {
        private static let inventory = """
            cluster: here
            hosts:
              - { name: one, address: 127.0.0.1, role: control-plane, connection: local }

            """

        private func prepare(_ tool: Tool) throws {
            try tool.write(Self.inventory, to: "inventory.yml")
            try tool.write(
                "name: Good\nsteps:\n  - name: fine\n    sudo: false\n    check: 'true'\n    apply: 'true'\n",
                to: "good.yml")
            try tool.write(
                "name: Bad\nsteps:\n  - name: it works\n    sudo: false\n    check: 'false'\n    apply: echo so it is\n",
                to: "bad.yml")
        }

        @Test func theNewestIsListedFirst() async throws {
            try await withTool { tool in
                try prepare(tool)
                _ = try await tool.run(["play", "good.yml"])
                // The names tell the second in which a run began.
                try tool.write(
                    "{}\n", to: ".local/state/mooc-cluster/here/runs/20200101T000000Z-up-7/events.jsonl")
                let list = try await tool.run(["logs"])
                #expect(list.status == 0, "\(list.errors)")
                let lines = list.output.split(separator: "\n")
                #expect(lines.count == 3)
                #expect(lines[1].contains("-play-") && lines[1].contains("done"))
                #expect(lines[2].contains("20200101T000000Z-up-7") && lines[2].contains("killed"))

                let items = try json(try await tool.run(["logs", "--output", "json"]).output).items ?? []
                #expect(items.map { $0["result"]?.text } == ["done", "killed"])
                #expect(items.first?["command"]?.text == "play")
                #expect(items.first?["code"]?.text == "0")
                #expect(items.first?["seconds"].flatMap { Double($0.text ?? "") } != nil)
            }
        }

        @Test func oneRunIsShownWithWhatItsHostsSaid() async throws {
            try await withTool { tool in
                try prepare(tool)
                _ = try await tool.run(["play", "bad.yml"])
                let name = try #require(Records(tool).names.first)
                for arguments in [
                    [name], ["play-"], ["--last"], ["--last", "--host", "one"], ["--last", "--follow"],
                ] {
                    let shown = try await tool.run(["logs"] + arguments)
                    #expect(shown.status == 0, "\(shown.errors)")
                    #expect(shown.output.contains("so it is"))
                    #expect(shown.output.contains("it works: FAILED"))
                    #expect(shown.output.contains("failed after"))
                }
                let kept = try Records(tool).text("events.jsonl")
                #expect(try await tool.run(["logs", "--last", "--events"]).output == kept)
                #expect(try await tool.run(["logs", "--last", "--output", "json"]).output == kept)
                let ofHost = try await tool.run(["logs", "--last", "--events", "--host", "one"]).output
                #expect(ofHost.split(separator: "\n").allSatisfy { $0.contains(#""host":"one""#) })
                #expect(ofHost.contains("so it is"))
            }
        }

        @Test func whatCannotBeMeantIsUsage() async throws {
            try await withTool { tool in
                try prepare(tool)
                _ = try await tool.run(["play", "good.yml"])
                let wrong = [["nonsense"], ["--last", "--host", "two"], ["--events"], ["x", "--last"]]
                for arguments in wrong {
                    #expect(try await tool.run(["logs"] + arguments).status == 64, "\(arguments)")
                }
            }
        }

        /// The logs are most wanted when something is wrong.
        @Test(arguments: ["cluster: here\nhosts: 5\n", "cluster: [", "cluster: ../..\n", nil])
        func aBrokenInventoryHidesNoLogs(inventory: String?) async throws {
            try await withTool { tool in
                try prepare(tool)
                _ = try await tool.run(["play", "bad.yml"])
                if let inventory {
                    try tool.write(inventory, to: "inventory.yml")
                } else {
                    try FileManager.default.removeItem(atPath: tool.folder + "/inventory.yml")
                }
                let isOther = inventory?.contains("..") == true
                let list = try await tool.run(["logs"])
                #expect(list.status == 0, "\(list.errors)")
                #expect(list.output.contains("-play-") != isOther)
                #expect(
                    try await tool.run(["logs", "--cluster", "here", "--last"]).output.contains("so it is"))
            }
        }

        @Test func aRunThatGoesOnIsFollowedToItsEnd() async throws {
            try await withTool { tool in
                try prepare(tool)
                try tool.write(
                    "name: Slow\nsteps:\n  - name: waits\n    sudo: false\n    check: test -e go\n"
                        + "    apply: touch begun; while test ! -e go; do sleep 0.05; done; echo and on\n",
                    to: "slow.yml")
                let folder = tool.folder
                var follower: Task<Tool.Outcome, any Error>?
                let outcome = try await tool.run(["play", "slow.yml"]) { _, _ in
                    try await until { FileManager.default.fileExists(atPath: folder + "/begun") }
                    #expect(try await tool.run(["logs"]).output.contains("running"))
                    follower = Task {
                        try await tool.run(["logs", "--last", "--follow"]) { _, _ in
                            try tool.write("", to: "go")
                        }
                    }
                }
                #expect(outcome.status == 0)
                let shown = try #require(try await follower?.value)
                #expect(shown.output.contains("and on"))
                #expect(shown.output.contains("done after"))
            }
        }

        @Test func aKilledRunSaysSo() async throws {
            try await withTool { tool in
                try prepare(tool)
                try tool.write(
                    "name: Slow\nsteps:\n  - name: waits\n    sudo: false\n    check: test -e go\n"
                        + "    apply: touch begun; while test ! -e go; do sleep 0.05; done\n",
                    to: "slow.yml")
                let folder = tool.folder
                _ = try await tool.run(["play", "slow.yml"]) { process, _ in
                    try await until { FileManager.default.fileExists(atPath: folder + "/begun") }
                    kill(process.processIdentifier, SIGKILL)
                    try await until { hasEnded(process.processIdentifier) }
                    try tool.write("", to: "go")
                }
                #expect(try await tool.run(["logs"]).output.contains("killed"))
                #expect(try await tool.run(["logs", "--last"]).output.contains("killed"))
            }
        }
    }
}
