import Foundation
import Testing
import YAML

extension ThisMachine {
    /// Ctrl-C while the tool asks something on a terminal.
    @Suite struct PromptTests {
        private static let playbook =
            "name: Nothing\nsteps:\n  - name: so\n    check: 'true'\n    apply: 'true'\n"

        private static let play = ["play", "nothing.yml"]

        private func interrupt(
            at prompt: String, times: Int = 1, ssh: String = "", passphrase: String = "", _ more: [String]
        ) async throws -> Node {
            try await withTool { tool in
                var tool = tool
                tool.environment = ["PASSPHRASE": passphrase, "TERM": "xterm"]
                try tool.useSshd(ssh)
                try tool.write(Self.playbook, to: "nothing.yml")
                let outcome = try await tool.run(
                    more, through: tool.withSshd + tool.interrupted(at: prompt, times: times))
                #expect(outcome.status == 0, "\(outcome.errors)")
                return try json(outcome.output)
            }
        }

        private func expectCleanEnd(_ result: Node, hidden: Bool) {
            #expect(result["asked"]?.text == "true", "\(result.json())")
            #expect(result["status"]?.text == "130", "\(result.json())")
            #expect(result["echoedWhileAsking"]?.text == "\(!hidden)")
            #expect(result["echoes"]?.text == "true")
        }

        @Test func atTheSudoPassword() async throws {
            let result = try await interrupt(
                at: "The sudo password of", ssh: "sudoPassword: prompt",
                Self.play + ["--accept-new-host-keys"])
            expectCleanEnd(result, hidden: true)
        }

        @Test func atTheHostKey() async throws {
            expectCleanEnd(try await interrupt(at: "Trust it from now on? [y/N]", Self.play), hidden: false)
        }

        @Test func atThePassphrase() async throws {
            let result = try await interrupt(
                at: "Passphrase of", passphrase: "open sesame", Self.play + ["--accept-new-host-keys"])
            expectCleanEnd(result, hidden: true)
        }

        @Test func atASecretOfThePlay() async throws {
            let result = try await interrupt(at: "The secret WORD", Self.play + ["--secret", "WORD=prompt"])
            expectCleanEnd(result, hidden: true)
        }

        @Test func atAYesOrNo() async throws {
            let reset = ["reset", "--accept-new-host-keys"]
            expectCleanEnd(try await interrupt(at: "off here? [y/N]", reset), hidden: false)
        }

        /// The second one leaves at once, and may come before the question has heard of the first.
        @Test func twiceAtTheSudoPassword() async throws {
            let result = try await interrupt(
                at: "The sudo password of", times: 2, ssh: "sudoPassword: prompt",
                Self.play + ["--accept-new-host-keys"])
            expectCleanEnd(result, hidden: true)
        }
    }
}
