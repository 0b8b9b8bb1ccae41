import Inventory
import Testing

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
                    + "write one of file, env and command, or prompt in place of the mapping"
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
}
