import Foundation
import Testing
import YAML

extension ThisMachine {
    /// What every command leaves of itself, and what it streams.
    @Suite struct RecordTests {
        private static let inventory = """
            cluster: here
            hosts:
              - { name: here, address: 127.0.0.1, role: control-plane, connection: local }

            """

        private static let playbook = """
            name: One thing
            steps:
              - name: the file is there
                sudo: false
                check: test -e made
                apply: echo making it; touch made

            """

        private func prepare(_ tool: Tool) throws {
            try tool.write(Self.inventory, to: "inventory.yml")
            try tool.write(Self.playbook, to: "one.yml")
        }

        @Test func aRunLeavesEventsALogAndASummaryForItsOwnerAlone() async throws {
            try await withTool { tool in
                try prepare(tool)
                #expect(try await tool.run(["play", "one.yml"]).status == 0)
                let records = Records(tool)
                let events = try records.events()
                #expect(events.first?["event"]?.text == "run")
                #expect(events.first?["schema"]?.text == "mooc-cluster-run/1")
                #expect(events.first?["command"]?.text == "play")
                let names = events.compactMap { $0["event"]?.text }
                #expect(
                    names == [
                        "run", "phaseStarted", "connected", "hello", "started", "command", "output",
                        "changed", "ended", "phaseEnded", "result",
                    ])
                #expect(events.allSatisfy { $0["time"]?.text?.hasSuffix("Z") == true })
                #expect(events.last?["result"]?.text == "done")

                let summary = try records.summary()
                #expect(summary["result"]?.text == "done" && summary["code"]?.text == "0")
                #expect(summary["changes"]?.text == "1")
                #expect(summary["hosts"]?.items?.first?["result"]?.text == "done")
                #expect(try records.text("here.log").contains("one.yml:     making it"))

                let manager = FileManager.default
                let run = try #require(records.names.first)
                for path in ["", "/" + run]
                    + ["events.jsonl", "here.log", "summary.json"].map({ "/\(run)/\($0)" })
                {
                    let facts = try manager.attributesOfItem(atPath: records.folder + path)
                    let isFolder = facts[.type] as? FileAttributeType == .typeDirectory
                    #expect(facts[.posixPermissions] as? Int == (isFolder ? 0o700 : 0o600), "\(path)")
                }
            }
        }

        /// What a script reads is what the file keeps, to the byte, and the result is its last line.
        @Test(arguments: [
            ["play", "one.yml"], ["play", "one.yml", "--plan"], ["plan"], ["reset", "--yes"],
        ])
        func theStreamIsTheFile(arguments: [String]) async throws {
            try await withTool { tool in
                try prepare(tool)
                let isPlay = arguments[0] == "play"
                if !isPlay { try tool.write(Self.away, to: "inventory.yml") }
                let outcome = try await tool.run(arguments + ["--output", "json"])
                let records = Records(tool)
                #expect(outcome.output == (try records.text("events.jsonl")))
                let lines = outcome.output.split(separator: "\n")
                #expect(lines.count > 3)
                let events = try lines.map { try json(String($0)) }
                #expect(events.dropLast().allSatisfy { $0["event"]?.text != "result" })
                let last = try #require(events.last)
                #expect(last["event"]?.text == "result")
                #expect(last["code"]?.text == "\(outcome.status)")
                #expect(last["cluster"]?.text == "here")
                for event in events { try expectDocumented(event) }
                #expect(outcome.status == (isPlay ? (arguments.count > 2 ? 2 : 0) : 69), "\(outcome.errors)")
            }
        }

        /// The README names every event, and every field of it; the result's own parts are the command's.
        private func expectDocumented(_ event: Node) throws {
            let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: "README.md").path
            let readme = try String(contentsOfFile: path, encoding: .utf8)
            let name = event["event"]?.text ?? ""
            let table = readme.split(separator: "| event | fields besides |").last ?? ""
            let row = try #require(
                table.split(separator: "\n").first {
                    $0.dropFirst().prefix { $0 != "|" }.contains("`\(name)`")
                },
                "\(name) is not documented")
            for key in event.entries?.map(\.key) ?? []
            where name != "result" && !["time", "event", "host", "phase"].contains(key) {
                #expect(row.contains("`\(key)`"), "\(key) of \(name) is not documented")
            }
        }

        /// A host that nobody answers for (RFC 6335: port 1 is tcpmux, which nobody runs).
        private static let away = """
            cluster: here
            ssh: { user: nobody, connectTimeout: 5 }
            hosts:
              - { name: here, address: 127.0.0.1, role: control-plane, ssh: { port: 1 } }

            """

        @Test(arguments: [
            ["validate"], ["render"], ["phases"], ["logs"], ["plan", "--skip-phases", "swop"],
            ["play", "missing.yml"],
            ["node", "add", "nobody"],
        ])
        func aCommandThatTouchesNoHostLeavesNothing(arguments: [String]) async throws {
            try await withKubectl("exit 1") { tool in
                _ = try await tool.run(arguments)
                #expect(Records(tool).names.isEmpty)
            }
        }

        /// What is asked of the cluster is kept, with how it ended.
        @Test(arguments: [
            ["status"], ["diff"], ["apply"], ["destroy", "--yes"], ["render", "--show-secrets"],
            ["node", "list"],
        ])
        func aCommandThatAsksTheClusterLeavesARecord(arguments: [String]) async throws {
            try await withKubectl("echo 'the server is on holiday' >&2; exit 3") { tool in
                let outcome = try await tool.run(arguments)
                #expect(outcome.status == 1, "\(outcome.errors)")
                let records = Records(tool)
                let asked = try records.events().filter { $0["event"]?.text == "kubectl" }
                #expect(!asked.isEmpty)
                #expect(asked.allSatisfy { $0["code"]?.text == "3" && $0["host"]?.text == "here" })
                // Not all: of two questions at once, the one that fails first cuts the other one short.
                #expect(asked.contains { $0["message"]?.text?.contains("on holiday") == true })
                let summary = try records.summary()
                #expect(summary["result"]?.text == "failed")
                #expect(summary["error"]?.text?.contains("on holiday") == true)
                #expect(try records.text("here.log").contains("exit code 3"))
            }
        }

        /// A run that an error ends has a last line too.
        @Test(arguments: [["apply"], ["destroy", "--yes"]])
        func applyingIsAStreamToo(arguments: [String]) async throws {
            try await withKubectl("echo 'the server is on holiday' >&2; exit 3") { tool in
                let outcome = try await tool.run(arguments + ["--output", "json"])
                #expect(outcome.output == (try Records(tool).text("events.jsonl")))
                let last = try json(String(outcome.output.split(separator: "\n").last ?? ""))
                #expect(last["event"]?.text == "result" && last["code"]?.text == "1")
                #expect(last["error"]?.text?.contains("on holiday") == true)
            }
        }

        @Test func theAnswerOfAQuestionIsOneValueAndIsKept() async throws {
            try await withKubectl("echo '{\"items\": []}'") { tool in
                let outcome = try await tool.run(["node", "list", "--output", "json"])
                #expect(try json(outcome.output).items?.count == 1, "\(outcome.errors)")
                #expect(try Records(tool).summary()["nodes"]?.items?.count == 1)
            }
        }

        @Test func theOldestRunsGo() async throws {
            try await withTool { tool in
                try prepare(tool)
                for number in 0..<60 {
                    let name = "20200101T0000\(number < 10 ? "0" : "")\(number)Z-play-1"
                    try tool.write("{}\n", to: ".local/state/mooc-cluster/here/runs/\(name)/events.jsonl")
                }
                #expect(try await tool.run(["play", "one.yml"]).status == 0)
                let names = Records(tool).names
                #expect(names.count == 50)
                #expect(names.first == "20200101T000011Z-play-1")
                #expect(names.last?.hasPrefix("2020") == false)
            }
        }

        /// A state folder that cannot be written to is said, and keeps no run from its work.
        @Test func withoutARecordTheWorkIsDoneAllTheSame() async throws {
            try await withTool { tool in
                try prepare(tool)
                try tool.write("a file", to: ".local/state/mooc-cluster")
                let outcome = try await tool.run(["play", "one.yml"])
                #expect(outcome.status == 0)
                #expect(outcome.errors.contains("the record of this run: "))
            }
        }
    }
}
