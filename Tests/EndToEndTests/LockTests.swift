import Foundation
import Testing

extension ThisMachine {
    /// Two runs on one cluster: processes of the built executable on this machine, as two operators start them.
    @Suite struct LockTests {
        /// A reset whose playbook waits for a file, so that a run lasts as long as a test wants.
        private static let playbook = """
            name: Reset
            values: [CRI_SOCKET]
            steps:
              - name: the first is there
                sudo: false
                check: test -e FOLDER/first.done
                apply: |
                  echo begun >>FOLDER/first.begun
                  while test ! -e FOLDER/go; do sleep 0.05; done
                  touch FOLDER/first.done
              - name: the second is there
                sudo: false
                check: test -e FOLDER/second
                apply: touch FOLDER/second

            """

        /// Prepares a cluster whose only host is this machine.
        private func prepare(_ tool: Tool) throws {
            try tool.write(
                """
                cluster: \(tool.cluster)
                hosts:
                  - { name: here, address: 127.0.0.1, role: control-plane, connection: local }

                """, to: "inventory.yml")
            try tool.write(
                Self.playbook.replacingOccurrences(of: "FOLDER", with: tool.folder), to: "playbooks/reset.yml"
            )
        }

        private func exists(_ tool: Tool, _ file: String) -> Bool {
            FileManager.default.fileExists(atPath: "\(tool.folder)/\(file)")
        }

        private func letGo(_ tool: Tool) throws { try tool.write("", to: "go") }

        @Test func theSecondRunSaysWhoHoldsTheClusterAndChangesNothing() async throws {
            try await withTool { tool in
                try prepare(tool)
                let ada = Tool(folder: tool.folder, environment: ["USER": "ada"])
                let first = try await ada.run(["reset", "--no-restore", "--yes"]) { _, _ in
                    try await until { exists(tool, "first.begun") }
                    let second = try await tool.run(["reset", "--no-restore", "--yes"])
                    #expect(second.status == 1)
                    let host = try String(contentsOfFile: "/proc/sys/kernel/hostname", encoding: .utf8)
                        .trimmingCharacters(in: .whitespacesAndNewlines)
                    #expect(second.errors.contains("is being worked on by ada@\(host) (reset, since 20"))
                    #expect(second.errors.contains("Z-reset-"), "the run is not named: \(second.errors)")
                    #expect(second.errors.contains("--take-over"))
                    #expect(!second.errors.contains("the second is there"))
                    // looking is free
                    let look = try await tool.run([
                        "play", "--plan", "playbooks/reset.yml", "-e", "CRI_SOCKET=x",
                    ])
                    #expect(look.status == 2, "\(look.errors)")
                    try letGo(tool)
                }
                #expect(first.status == 0, "\(first.errors)")
                #expect(
                    try await tool.run(["reset", "--no-restore", "--yes"]).status == 0,
                    "the lock was not let go")
            }
        }

        @Test func aRunThatIsTakenOverStopsAndSaysByWhom() async throws {
            try await withTool { tool in
                try prepare(tool)
                let eve = Tool(folder: tool.folder, environment: ["USER": "eve"])
                let first = try await tool.run(["reset", "--no-restore", "--yes"]) { _, errors in
                    try await until { exists(tool, "first.begun") }
                    // Holds the lock, and waits for the first one's running step as any reset would.
                    async let second = eve.run(["reset", "--no-restore", "--yes", "--take-over"])
                    try await until { errors().contains("taken over by eve@") }
                    #expect(!exists(tool, "second"))
                    try letGo(tool)
                    #expect(try await second.status == 0)
                }
                #expect(first.status == 1, "\(first.errors)")
                #expect(first.errors.contains("this run has stopped"))
                #expect(first.output.contains("interrupted"))
                #expect(exists(tool, "second"), "the second run went on to the end")
            }
        }

        /// The same over SSH: the lock is the connection's own.
        @Test func theLockIsHeldOverSSH() async throws {
            try await withTool { tool in
                try prepare(tool)
                try tool.useSshd()
                let first = try await tool.run(
                    ["reset", "--no-restore", "--yes", "--accept-new-host-keys"], through: tool.withSshd
                ) { _, errors in
                    try await until { exists(tool, "first.begun") }
                    let second = try await tool.run(["reset", "--no-restore", "--yes"])
                    #expect(second.status == 1)
                    #expect(second.errors.contains("is being worked on by"), "\(second.errors)")
                    async let third = tool.run(["reset", "--no-restore", "--yes", "--take-over"])
                    try await until { errors().contains("taken over by") }
                    try letGo(tool)
                    #expect(try await third.status == 0)
                }
                #expect(first.status == 1, "\(first.errors)")
                #expect(exists(tool, "second"))
            }
        }

        @Test func aKilledRunHoldsNothing() async throws {
            try await withTool { tool in
                try prepare(tool)
                _ = try await tool.run(["reset", "--no-restore", "--yes"]) { process, _ in
                    try await until { exists(tool, "first.begun") }
                    kill(process.processIdentifier, SIGKILL)
                    try letGo(tool)
                }
                let end = ContinuousClock.now + .seconds(60)
                var status = try await tool.run(["reset", "--no-restore", "--yes"]).status
                // the kernel closes what the process had open one after the other
                while status != 0, ContinuousClock.now < end {
                    status = try await tool.run(["reset", "--no-restore", "--yes"]).status
                }
                #expect(status == 0)
            }
        }

        @Test func theDeadlineStopsARunAndNamesWhatWasWaitedFor() async throws {
            try await withTool { tool in
                try prepare(tool)
                let outcome = try await tool.run(["reset", "--no-restore", "--yes", "--deadline", "15s"]) {
                    _, errors in
                    try await until { errors().contains("the deadline of 15 s is over") }
                    try letGo(tool)
                }
                #expect(outcome.status == 1, "\(outcome.errors)")
                #expect(
                    outcome.errors.contains("here: Reset the first control plane: the first is there, for"))
                #expect(outcome.output.contains("interrupted"))
                #expect(!exists(tool, "second"))
            }
        }

        @Test func aSilentStepSaysThatItGoesOn() async throws {
            try await withTool { tool in
                try prepare(tool)
                let outcome = try await tool.run(["reset", "--no-restore", "--yes"]) { _, errors in
                    try await until { errors().contains("still at") }
                    try letGo(tool)
                }
                #expect(outcome.status == 0)
                #expect(
                    outcome.errors.contains(
                        "here: still at Reset the first control plane: the first is there, for 1"))
            }
        }

        @Test(arguments: ["90", "0s", "1m1h", "-5s", "soon", "5 m", ""])
        func aWrongDeadlineIsUsage(_ text: String) async throws {
            try await withTool { tool in
                try prepare(tool)
                let outcome = try await tool.run(["reset", "--no-restore", "--yes", "--deadline=\(text)"])
                #expect(outcome.status == 64)
                #expect(outcome.errors.contains("--deadline"))
            }
        }

        @Test func aRunInTimeEndsAsIfItHadNoDeadline() async throws {
            try await withTool { tool in
                try prepare(tool)
                try letGo(tool)
                let outcome = try await tool.run(["reset", "--no-restore", "--yes", "--deadline", "1h30m"])
                #expect(outcome.status == 0, "\(outcome.errors)")
            }
        }
    }
}
