import Inventory
import Testing
import Vault

@Suite("Secrets of an inventory")
struct SecretSourceTests {
    private func said(_ value: String, mode: Int? = 0o600) -> [String] {
        reading(inventory("ssh: { sudoPassword: \(value) }\n"), mode: mode).problems
    }

    @Test(
        "where they may come from",
        arguments: [
            ("prompt", .prompt), ("s3cret", .literal("s3cret")), ("{ file: key }", .file("lab/key")),
            ("{ file: /etc/key }", .file("/etc/key")), ("{ env: SUDO }", .environment("SUDO")),
            ("{ command: 'pass show sudo' }", .command("pass show sudo")),
        ] as [(String, SecretSource)])
    func sources(value: String, source: SecretSource) {
        let cluster = reading(inventory("ssh: { sudoPassword: \(value) }\n")).cluster
        guard case .ssh(let options)? = cluster?.hosts.first?.connection else {
            Issue.record("nothing read")
            return
        }
        #expect(options.sudoPassword == source)
    }

    @Test("a secret in the file asks for the mode 0600", arguments: [0o644, 0o640, 0o604, 0o660])
    func mode(mode: Int) {
        let octal = String(mode, radix: 8)
        #expect(
            said("s3cret", mode: mode) == [
                "5:22: 'sudoPassword' of the part 'ssh' is written in a file that others may read (mode 0\(octal)); "
                    + "chmod 600 lab/inventory.yml, or write {file: …}, {env: …} or prompt"
            ])
        #expect(said("prompt", mode: mode) == [])
        #expect(said("s3cret", mode: 0o400) == [])
        #expect(said("s3cret", mode: nil) == [])
    }

    @Test("a file that others may read is warned of, as systems that hand out secrets make such files too")
    func openFile() {
        #expect(
            said("{ file: open }")
                == [
                    "warning: 'sudoPassword' of the part 'ssh' is in a file that others may read (mode 0644); "
                        + "chmod 600 lab/open"
                ].map { "5:30: " + $0 })
        #expect(reading(inventory("ssh: { sudoPassword: { file: open } }\n")).cluster != nil)
    }

    @Test(
        "no message shows what may be a secret",
        arguments: [
            "987654", "9876.54", "[canary]", "\"canary\\nx\"", "{ file: key, env: X, canary: y }", "987_654",
            "''",
            "{ }",
        ])
    func hidden(value: String) {
        let said = said(value)
        #expect(!said.isEmpty)
        #expect(said.allSatisfy { !$0.contains("9876") && (!$0.contains("canary") || $0.contains("no key")) })
    }

    @Test("one source, and a file that is there")
    func wrong() {
        #expect(
            said("{ file: key, env: X }") == [
                "5:22: 'sudoPassword' of the part 'ssh' must have one source, not 2; "
                    + "write one of file, env, command and vault, or prompt in place of the mapping"
            ])
        #expect(
            said("{ file: none }") == [
                "5:30: 'file' of 'sudoPassword' of the part 'ssh': there is no file 'none' (looked for at lab/none); "
                    + "mend the path; it starts at the inventory's folder unless it begins with '/' or '~/'"
            ])
    }

    @Test("printing a cluster prints no secret")
    func printed() throws {
        let text = inventory(
            "ssh: { sudoPassword: canary }\nopenedx: { edition: ironwood, host: a.example, secrets: { redis: canary } }\n"
        )
        let cluster = try #require(reading(text).cluster)
        var dumped = ""
        dump(cluster, to: &dumped)
        #expect(!"\(cluster)".contains("canary") && !String(reflecting: cluster).contains("canary"))
        #expect(!dumped.contains("canary"))
        #expect(SecretSource.literal("canary").description == "the inventory")
        #expect(SecretSource.file("/etc/key").description == "the file /etc/key")
    }

    static let vault = """
            $ANSIBLE_VAULT;1.2;AES256;lab
            39623631343934393763313136666664623430623365376333323539633439653932353361333733
            3233393934343734313662626561343566373237376264340a386563306631366630313164316130
            38383265626438653961303136336330333037373138343664383265613730376339643265616537
            3664376438383961640a316532653637373034616530633736626565366162323961666435333230
            32653464363339313537616462316666346433393263653537393737383764623933
        """

    @Test("what ansible-vault encrypted, tagged or not", arguments: ["!vault |", "|"])
    func vaults(style: String) {
        let text =
            "ssh:\n  sudoPassword: \(style)\n\(Self.vault)\nvaults: { lab: { env: LAB }, default: prompt }\n"
        // It is no secret without its password, so others may read the file.
        let cluster = reading(inventory(text), mode: 0o644).cluster
        #expect(cluster?.vaults == ["lab": .environment("LAB"), "default": .prompt])
        guard case .ssh(let options) = cluster?.hosts.first?.connection,
            case .vault(let vault) = options.sudoPassword
        else {
            Issue.record("no vault was read")
            return
        }
        #expect(vault.id == "lab")
    }

    @Test("a vault that is cut off, and a vault's tag before something else")
    func wrongVaults() {
        let cut = Self.vault.split(separator: "\n").prefix(2).joined(separator: "\n")
        let problems = reading(inventory("ssh:\n  sudoPassword: !vault |\n\(cut)\n")).problems
        #expect(
            problems.count == 1 && problems[0].contains("is no vault of Ansible: what it holds is cut off"))
        let other = reading(inventory("ssh: { sudoPassword: !vault hello }\n")).problems
        #expect(other.contains { $0.contains("the tag '!vault' is not understood here") })
        let half = reading(inventory("ssh: { sudoPassword: { key: a } }\n")).problems
        #expect(half.contains { $0.contains("needs 'vault' and 'key' together") })
    }
}
