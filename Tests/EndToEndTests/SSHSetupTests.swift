import Foundation
import Testing
import YAML

/// The command `ssh setup`, over a stock sshd whose logins may authorize keys of their own.
@Suite struct SSHSetupTests {
    private func text(_ file: String, _ tool: Tool) throws -> String {
        try String(contentsOfFile: "\(tool.folder)/\(file)", encoding: .utf8)
    }

    @Test func aKeyIsAuthorizedOnceAndProven() async throws {
        try await withTool { tool in
            try tool.useThreeHosts()
            // The three hosts are one, so the first comes alone: else it would depend on who is quicker.
            let outcome = try await tool.script(
                """
                ssh-keygen -q -t ed25519 -N '' -C me@desk -f own
                mkdir -p sshd/.ssh && printf '# a comment without its line end' >sshd/.ssh/authorized_keys
                chmod 666 sshd/.ssh/authorized_keys
                cp sshd/.ssh/authorized_keys before
                tool ssh setup --public-key own.pub --limit n1 --plan --output json >plan.json
                test $? = 2 && cmp before sshd/.ssh/authorized_keys || exit 3
                tool ssh setup --public-key own.pub --limit n1 --output json >first.json || exit
                tool ssh setup --public-key own.pub --limit n1 --plan || exit
                tool ssh setup --public-key own.pub --output json >second.json || exit
                sed "s|key: .*|key: own|" inventory.yml >own.yml
                tool ping -i own.yml --output json >ping.json
                """)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.errors.contains("key: own"))
            let plan = try json(try text("plan.json", tool)).items ?? []
            #expect(plan.map { $0["result"]?.text } == ["pending"])
            #expect(plan.map { $0["hostKey"]?["wasKnown"]?.text } == ["false"])
            let first = try json(try text("first.json", tool)).items ?? []
            #expect(first.map { $0["wasAuthorized"]?.text } == ["false"])
            #expect(first.map { $0["openPaths"]?.items?.map(\.text) } == [["~/.ssh/authorized_keys"]])
            let second = try json(try text("second.json", tool)).items ?? []
            #expect(second.map { $0["wasAuthorized"]?.text } == ["true", "true", "true"])
            #expect(second.map { $0["hostKey"]?["wasKnown"]?.text } == ["true", "false", "false"])
            let key = try text("own.pub", tool)
            #expect(try text("sshd/.ssh/authorized_keys", tool) == "# a comment without its line end\n" + key)
            let file = "\(tool.folder)/sshd/.ssh/authorized_keys"
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(mode == 0o644)
            let answers = try json(try text("ping.json", tool)).items ?? []
            #expect(answers.map { $0["result"]?.text } == ["done", "done", "done"])
        }
    }

    @Test func aKeyIsMadeWhereThereIsNoneAndThePersonSaysSo() async throws {
        try await withTool { tool in
            try tool.useThreeHosts()
            // The agent has the key that lets in, and no file of the person's names it.
            let outcome = try await tool.script(
                """
                eval "$(ssh-agent)" >/dev/null; trap 'kill "$SSH_AGENT_PID"' EXIT
                ssh-add -q sshd/user_key
                sed '/key: /d' inventory.yml >open.yml
                tool ssh setup -i open.yml --limit n1; echo $? >refused
                test ! -e .ssh/id_ed25519 || exit 3
                tool ssh setup -i open.yml --limit n1 --yes || exit
                ssh-keygen -y -f .ssh/id_ed25519 >half && stat -c %a .ssh/id_ed25519 >mode
                """)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try text("refused", tool) == "64\n")
            #expect(try text("mode", tool) == "600\n")
            let half = try text("half", tool).split(whereSeparator: \.isWhitespace).prefix(2).joined(
                separator: " ")
            #expect(try text(".ssh/id_ed25519.pub", tool).hasPrefix(half))
            #expect(try text("sshd/.ssh/authorized_keys", tool).hasPrefix(half))
            #expect(outcome.output.contains(/n1 +added +by key +new ssh-ed25519 SHA256:/))
        }
    }

    @Test func aHostThatDoesNotTakeTheKeyIsRefused() async throws {
        try await withTool { tool in
            try tool.useThreeHosts()
            let outcome = try await tool.script(
                """
                ssh-keygen -q -t ed25519 -N '' -f own
                mkdir sshd/.ssh && echo "from=\"192.0.2.1\" $(cat own.pub)" >sshd/.ssh/authorized_keys
                tool ssh setup --public-key own.pub --limit n1
                """)
            #expect(outcome.status == 77, "\(outcome.errors)")
            #expect(outcome.errors.contains("the key is there, and does not log in"))
        }
    }

    @Test func whatIsNoPublicKeyIsRefused() async throws {
        try await withTool { tool in
            try tool.useThreeHosts()
            try tool.write("ssh-ed25519 AAAA\n", to: "own.pub")
            let outcome = try await tool.script("tool ssh setup --public-key own.pub")
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains("own.pub is no public key"))
        }
    }
}
