import Foundation
import Testing
import YAML

/// The command `ping`, over a stock sshd.
@Suite struct PingTests {
    @Test func hostsTellHowTheyAreReached() async throws {
        try await withTool { tool in
            try tool.useThreeHosts("  - { name: gone, address: 127.0.0.4, role: worker, ssh: { port: 1 } }")
            let outcome = try await tool.script(
                """
                tool ping --output json >first.json; echo $? >code
                tool ping --limit '!gone' --output json >second.json || exit
                ssh-keygen -lf sshd/host_key.pub >key
                tool ping
                """)
            #expect(outcome.status == 69, "\(outcome.errors)")
            #expect(outcome.errors.contains("gone: error: ") && outcome.errors.contains("cannot be reached"))
            #expect(try text("code", tool) == "69\n")
            let fingerprint = try text("key", tool).split(separator: " ")[1]

            let first = try json(try text("first.json", tool)).items ?? []
            #expect(first.map { $0["host"]?.text } == ["n1", "n2", "n3", "gone"])
            #expect(first.map { $0["result"]?.text } == ["done", "done", "done", "unreachable"])
            #expect(first.last?["reached"]?.text == "false")
            for host in first.dropLast() {
                #expect(host["hostKey"]?["fingerprint"]?.text == String(fingerprint))
                #expect(host["hostKey"]?["wasKnown"]?.text == "false")
                for key in ["connectMicroseconds", "roundTripMicroseconds"] {
                    #expect((host[key]?.text.flatMap { Int($0) } ?? 0) > 0)
                }
                #expect(host["clockOffsetMicroseconds"]?.text.flatMap { Int($0) } != nil)
                #expect(host["system"]?.text?.isEmpty == false)
                #expect(host["user"]?.text?.isEmpty == false)
            }
            let second = try json(try text("second.json", tool)).items ?? []
            #expect(second.map { $0["hostKey"]?["wasKnown"]?.text } == ["true", "true", "true"])

            let lines = outcome.output.split(separator: "\n")
            #expect(lines.count == 5 && lines[1].hasPrefix("n1") && lines[4].contains("unreachable"))
            #expect(lines[2].contains("known ssh-ed25519 \(fingerprint)"))
            // Three runs, and one connection for each host that was reached.
            let log = try text("sshd/sshd.log", tool)
            #expect(log.matches(of: /Accepted publickey/).count == 9)
        }
    }

    @Test func aChangedHostKeyIsRefused() async throws {
        try await withTool { tool in
            try tool.useThreeHosts()
            let outcome = try await tool.script(
                """
                port=$(sed -n 's/^Port //p' sshd/sshd_config)
                echo "[127.0.0.2]:$port $(cut -d ' ' -f 1,2 sshd/user_key.pub)" >known_hosts
                tool ping
                """)
            #expect(outcome.status == 77, "\(outcome.errors)")
            #expect(outcome.errors.contains("has changed"))
            #expect(outcome.output.contains("n2    refused"))
        }
    }

    @Test func clocksThatAreApartAreWarnedOf() async throws {
        try await withTool { tool in
            var tool = tool
            try tool.useThreeHosts("  - { name: me, address: 127.0.0.4, role: worker, connection: local }")
            tool.environment["PATH"] = "\(tool.folder)/bin:/usr/sbin:/usr/bin:/sbin:/bin"
            // For this machine itself it is the year 2100.
            let outcome = try await tool.script(
                """
                mkdir bin; printf '#!/bin/sh\\necho 4102444800000000000\\n' >bin/date; chmod +x bin/date
                tool ping
                """)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.errors.contains(/the clock of me is \d+ h \d+ min ahead of that of n\d/))
        }
    }

    private func text(_ file: String, _ tool: Tool) throws -> String {
        try String(contentsOfFile: "\(tool.folder)/\(file)", encoding: .utf8)
    }
}
