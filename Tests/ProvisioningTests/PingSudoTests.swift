import Foundation
import Playbook
import TestSupport
import Testing

@testable import Provisioning

/// How `ping` tells by what way a login user becomes root, on hosts whose sudo is a script.
struct PingSudoTests {
    /// Pings a host where `id -u` says 4711 and sudo is that script; the sudo password is right when it is `open`.
    private func ping(sudo: String, _ privilege: Privilege, shell: FakeNode.Shell = .dash) async throws
        -> Ping.Answer
    {
        try await withScratchFolder { folder in
            let node = try FakeNode(root: folder, shell: shell)
            let id = "#!/bin/sh\ncase $1 in -un) echo ada ;; *) echo 4711 ;; esac\n"
            for (name, text) in [("id", id), ("sudo", "#!/bin/sh\n" + sudo)] {
                try node.write(text, to: name)
                // Written by another process, since this one's own open files could not be started.
                try Child.run("/bin/sh", "-c", "cat \(node.path(name)) >\(node.path("bin/" + name))")
                try Child.run("/bin/chmod", "+x", node.path("bin/" + name))
            }
            let surroundings = Surroundings(
                asset: { _ in [] }, file: { _ in [] }, now: { 4_102_444_800_000_000_000 },
                connect: { _ in node }, privilege: { _ in privilege }, explain: { ("\($0)", "") })
            let results = await Ping(surroundings, parallel: 1).perform([Sample.host("n1", "192.0.2.1")]) {
                _, _ in
            }
            return try #require(results.first).get()
        }
    }

    private static let asks = """
        case $1 in -n) echo 'sudo: a password is required' >&2; exit 1 ;; esac
        IFS= read -r word; test "$word" = open || { echo 'sudo: 1 incorrect password attempt' >&2; exit 1; }
        while test "$1" != sh; do shift; done
        exec "$@"

        """

    @Test(arguments: FakeNode.Shell.allCases)
    func withoutAPassword(_ shell: FakeNode.Shell) async throws {
        let answer = try await ping(sudo: "shift; exec \"$@\"\n", .sudo, shell: shell)
        guard case .free = answer.sudo else {
            Issue.record("\(answer.sudo)")
            return
        }
        #expect(answer.user == "ada")
        #expect(answer.roundTrip == 0)
        // This machine's time is said to be the year 2100.
        #expect(try #require(answer.clock) < 0)
        #expect(answer.hostKey == nil)
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func withTheRightPassword(_ shell: FakeNode.Shell) async throws {
        let answer = try await ping(sudo: Self.asks, .sudoWithPassword(Secret("open")), shell: shell)
        guard case .password = answer.sudo else {
            Issue.record("\(answer.sudo)")
            return
        }
    }

    @Test func aRefusalIsTyped() async throws {
        for (privilege, expected) in [
            (Privilege.sudo, PlaybookError.sudoNeedsPassword),
            (.sudoWithPassword(Secret("shut")), .sudoWrongPassword),
        ] {
            let answer = try await ping(sudo: Self.asks, privilege)
            guard case .refused(let error) = answer.sudo else {
                Issue.record("\(answer.sudo)")
                continue
            }
            #expect(error as? PlaybookError == expected)
        }
    }

    @Test func aHostWithoutSudoIsRefused() async throws {
        let answer = try await ping(sudo: "echo 'env: sudo: not found' >&2; exit 127\n", .sudo)
        guard case .refused(let error) = answer.sudo else {
            Issue.record("\(answer.sudo)")
            return
        }
        #expect(error as? PlaybookError == .sudoMissing)
    }
}
