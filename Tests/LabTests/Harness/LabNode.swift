import Foundation
import Testing
import YAML

/// One node of the lab: a container that boots systemd and answers on SSH.
struct LabNode: Sendable, CustomStringConvertible {
    /// Its name: n1 to n8.
    let name: String

    /// Makes the node of a number.
    init(_ number: Int) {
        name = "n\(number)"
        address = "198.51.100.\(10 + number)"
    }

    /// Its address.
    let address: String
    var description: String { name }

    /// Runs a shell text in it as root, without SSH; the text arrives on standard input.
    func shell(_ text: String, within limit: Duration = .seconds(60)) async throws -> Outcome {
        try await Lab.here.tool(["node", name, "exec", "--", "sh", "-s"], input: text + "\n", within: limit)
    }

    /// What a shell text prints; a text that fails ends the test.
    func read(_ text: String, within limit: Duration = .seconds(60)) async throws -> String {
        let outcome = try await shell("set -eu\n" + text, within: limit)
        try outcome.require(code: 0)
        return outcome.output
    }

    /// Runs a body with a change made to the node, which is undone however the body ends.
    func with(_ change: String, undo: String, _ body: () async throws -> Void) async throws {
        _ = try await read(change)
        do { try await body() } catch {
            _ = try await shell(undo)
            throw error
        }
        _ = try await read(undo)
    }

    /// A verb of the lab for this node: start, stop, cut, wipe.
    func verb(_ verb: String) async throws {
        try await Lab.here.tool(["node", name, verb], within: .seconds(120)).require(code: 0)
    }

    /// Gives it a new disk and a new host key, and waits for its SSH.
    func wipe() async throws { try await verb("wipe") }

    /// Its public host keys as lines of a known_hosts file.
    func hostKeys() async throws -> String {
        try await read("cat /etc/ssh/ssh_host_*_key.pub").split(separator: "\n")
            .map { "\(address) \($0)\n" }.joined()
    }

    /// Everything that set-up could leave behind: each file with its checksum, the packages, the units, the users.
    func snapshot() async throws -> String {
        try await read(
            """
            find /etc /opt /usr/local /home /root /var/lib/mooc-cluster /var/spool -xdev -type f \
                ! -name '.bash_history' -exec sha256sum {} + 2>/dev/null | sort -k 2 || true
            dpkg-query -W -f '${Package} ${Version} ${db:Status-Abbrev}\\n'
            ls -A /var/lib/kubelet /var/lib/containerd /var/lib/etcd 2>/dev/null | sort || true
            swapon --noheadings --show=NAME || true
            """)
    }

    /// All of the node that setting it up could change, a line a thing; `Tests/Lab/host-state` says what is left out.
    func listing() async throws -> Set<String> {
        let script = try String(contentsOfFile: Lab.here.tree + "/Tests/Lab/host-state", encoding: .utf8)
        return Set(try await read(script).split(separator: "\n").map(String.init))
    }

    /// Whether the package manager of the node is in order: nothing half installed, nothing that `apt-get check` minds.
    func packagesAreWhole() async throws -> Outcome {
        try await shell("set -eu; test -z \"$(dpkg --audit)\"; apt-get -q check -o DPkg::Lock::Timeout=60")
    }
}
