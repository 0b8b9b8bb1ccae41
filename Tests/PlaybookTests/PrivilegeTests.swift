import Foundation
import Playbook
import TestSupport
import Testing

@Suite struct PrivilegeTests {
    static let who = """
        name: Who
        steps:
          - name: who
            register: WHO
            value: printf '%s' "${FAKE_ROOT:-nobody}"
        """

    /// Puts an `id` that is not root and a `sudo` of one's making into the node's path.
    private func fake(_ stage: Stage, sudo: String?) async throws {
        try await executable("echo 1000", "id", stage)
        if let sudo { try await executable(sudo, "sudo", stage) }
        // Without the system's own folders there is no other sudo.
        for tool in ["env", "cat", "mktemp", "rm", "mkfifo", "sleep"] where sudo == nil {
            let path = ["/usr/bin/\(tool)", "/bin/\(tool)"].first(where: FileManager.default.fileExists)
            try FileManager.default.createSymbolicLink(
                atPath: stage.node.path("bin/\(tool)"), withDestinationPath: try #require(path))
        }
    }

    /// A child writes it: a test that forks beside this one must not hold it open for writing, because what is
    /// open for writing cannot be executed.
    private func executable(_ text: String, _ name: String, _ stage: Stage) async throws {
        let path = stage.node.path("bin/\(name)")
        let line = "/usr/bin/tee \(path) >/dev/null; /usr/bin/chmod 755 \(path)"
        _ = try await stage.node.run(RemoteCommand(line, input: Array("#!/bin/sh\n\(text)\n".utf8))) { _ in }
    }

    /// A sudo that takes one password, as the real one does: one line, and three tries while lines come.
    static let withPassword = """
        while [ "${1#-}" != "$1" ]; do [ "$1" != -p ] || shift; shift; done
        for try in 1 2 3; do
            IFS= read -r line || { echo 'sudo: no password was provided' >&2; break; }
            echo try >>"$HOME/tries"
            [ "$line" != 'it is "right"' ] || exec env FAKE_ROOT=root "$@"
            echo 'Sorry, try again.' >&2
        done
        echo 'sudo: 1 incorrect password attempt' >&2
        exit 1
        """

    @Test(arguments: FakeNode.Shell.allCases)
    func thePasswordGoesToSudoAndTheProgramToTheShell(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            try await fake(stage, sudo: Self.withPassword)
            let result = try await stage.play(
                Self.who, privilege: .sudoWithPassword(Secret("it is \"right\"")))
            #expect(result.registered["WHO"] == "root")
            #expect(stage.node.read("tries") == "try\n")
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func aWrongPasswordCostsOneTry(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            try await fake(stage, sudo: Self.withPassword)
            await #expect(throws: PlaybookError.sudoWrongPassword) {
                try await stage.play(Self.who, privilege: .sudoWithPassword(Secret("wrong-canary")))
            }
            #expect(stage.node.read("tries") == "try\n")
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func aSudoThatAsksForNoPasswordLeavesNoneBehind(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let text =
                "while [ \"${1#-}\" != \"$1\" ]; do [ \"$1\" != -p ] || shift; shift; done; exec env FAKE_ROOT=root \"$@\""
            try await fake(stage, sudo: text)
            let result = try await stage.play(Self.who, privilege: .sudoWithPassword(Secret("exit 3")))
            #expect(result.registered["WHO"] == "root")
            let other = try await stage.play(Self.who, privilege: .sudo)
            #expect(other.registered["WHO"] == "root")
        }
    }

    static let refusals: [(String, PlaybookError)] = [
        ("sudo: a password is required", .sudoNeedsPassword),
        ("me is not in the sudoers file.", .sudoNotAllowed("me is not in the sudoers file.")),
        (
            "Sorry, user me is not allowed to execute '/bin/sh' as root on host.",
            .sudoNotAllowed("Sorry, user me is not allowed to execute '/bin/sh' as root on host.")
        ),
        (
            "sudo: sorry, you must have a tty to run sudo",
            .sudoNeedsTerminal("sudo: sorry, you must have a tty to run sudo")
        ),
        (
            ">>> /etc/sudoers.d/x: syntax error near line 3 <<<",
            .sudoBroken(">>> /etc/sudoers.d/x: syntax error near line 3 <<<")
        ),
        (
            "/etc/sudoers.d/x:3:7: syntax error", .sudoBroken("/etc/sudoers.d/x:3:7: syntax error")
        ),
        (
            "sudo: /etc/sudoers is owned by uid 1000, should be 0",
            .sudoBroken("sudo: /etc/sudoers is owned by uid 1000, should be 0")
        ),
        (
            "sudo: /usr/bin/sudo must be owned by uid 0 and have the setuid bit set",
            .sudoBroken("sudo: /usr/bin/sudo must be owned by uid 0 and have the setuid bit set")
        ),
    ]

    @Test(arguments: refusals)
    func refusalsAreToldApart(words: String, error: PlaybookError) async throws {
        try await Stage.with { stage in
            try await fake(stage, sudo: "echo \"\(words)\" >&2; exit 1")
            for privilege in [Privilege.sudo, .sudoWithPassword(Secret("x"))] {
                await #expect(throws: error) { try await stage.play(Self.who, privilege: privilege) }
            }
        }
    }

    @Test func aHostWithoutSudoIsNamed() async throws {
        try await Stage.with { stage in
            try await fake(stage, sudo: nil)
            let bare = LocalTransport(environment: ["PATH=\(stage.node.path("bin"))"])
            for privilege in [Privilege.sudo, .sudoWithPassword(Secret("x"))] {
                await #expect(throws: PlaybookError.sudoMissing) {
                    try await stage.runner.run(
                        playbook(Self.who), values: Values(), mode: .apply, privilege: privilege, on: bare)
                }
            }
        }
    }

    @Test(.enabled(if: geteuid() == 0)) func rootNeedsNoSudo() async throws {
        try await Stage.with { stage in
            try await executable("echo never >&2; exit 1", "sudo", stage)
            for privilege in [Privilege.none, .sudo, .sudoWithPassword(Secret("x"))] {
                let result = try await stage.play(Self.who, privilege: privilege)
                #expect(result.registered["WHO"] == "nobody")
            }
        }
    }

    @Test(.enabled(if: geteuid() == 0), arguments: FakeNode.Shell.allCases)
    func aStepCanGoBackToTheLoginUser(shell: FakeNode.Shell) async throws {
        let text = """
            name: Back
            values: [WORD]
            steps:
              - name: root's
                check: "true"
                apply: "false"
              - name: the user's own
                sudo: false
                register: WHO
                value: printf '%s %s' "$(id -un)" "$WORD"
            """
        try await Stage.with(shell) { stage in
            var values = Values()
            values["WORD"] = "it's"
            let login = LocalTransport(environment: [
                "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "SUDO_USER=nobody",
            ])
            let back = try await stage.runner.run(
                playbook(text), values: values, mode: .apply, privilege: .sudo, on: login)
            #expect(back.registered["WHO"] == "nobody it's")
            let direct = try await stage.runner.run(
                playbook(text), values: values, mode: .apply, privilege: .none, on: login)
            #expect(direct.registered["WHO"] == "root it's")
        }
    }

    @Test func aPlaybookOfTheUsersOwnStepsNeedsNoSudo() async throws {
        let text = """
            name: Own
            steps:
              - name: the user's own
                sudo: false
                check: "true"
                apply: "false"
            """
        try await Stage.with { stage in
            try await executable("echo never >&2; exit 1", "sudo", stage)
            let result = try await stage.play(text, privilege: .sudo)
            #expect(result.counts.ok == 1)
        }
    }
}
