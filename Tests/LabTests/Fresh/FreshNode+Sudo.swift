import Testing
import YAML

extension FreshNode {
    @Test("sudo asks for a password and the inventory has none: 77, and says so")
    func sudoNeedsPassword() async throws {
        let site = try await workstation("sudo-password") { $0.ssh("user", "ops") }
        try await expectRefusal(site, code: 77, line: "password")
    }

    @Test("a wrong password for sudo: 77, and the password itself is not repeated")
    func sudoWrongPassword() async throws {
        let site = try await workstation("sudo-wrong") { inventory in
            inventory.ssh("user", "ops")
            inventory.ssh("sudoPassword", ["env": "LAB_SUDO"])
        }
        let wrong = "wrong-canary-58d1"
        try await expectRefusal(site, code: 77, line: "password", environment: ["LAB_SUDO": wrong])
        #expect(Canary([wrong]).files(below: site.home) { _ in false }.isEmpty)
    }

    @Test("a user whom sudo does not know: 77, named")
    func sudoNotAllowed() async throws {
        let site = try await workstation("sudo-refused") { $0.ssh("user", "plain") }
        try await node.with(
            """
            useradd --create-home --shell /bin/sh plain
            install -d -o plain -g plain -m 700 /home/plain/.ssh
            install -o plain -g plain -m 600 /home/ubuntu/.ssh/authorized_keys /home/plain/.ssh/authorized_keys
            """, undo: "userdel --remove plain 2>/dev/null"
        ) {
            try await expectRefusal(site, code: 77, line: "sudo")
        }
    }

    @Test("a host without sudo: 77, and says that sudo is missing")
    func sudoMissing() async throws {
        let site = try await workstation("sudo-missing")
        try await node.with(
            "mv /usr/bin/sudo /usr/bin/sudo.away", undo: "mv /usr/bin/sudo.away /usr/bin/sudo"
        ) {
            try await expectRefusal(site, code: 77, line: "sudo")
        }
    }
}
