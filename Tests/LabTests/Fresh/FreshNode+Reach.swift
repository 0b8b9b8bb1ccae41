import Foundation
import Testing
import YAML

extension FreshNode {
    @Test("a wrong inventory: 65, each fault with its place, and no host is asked anything")
    func wrongInventory() async throws {
        let site = try await workstation("inventory") { inventory in
            inventory.root["hosts"] = .sequence([
                ["name": "n5", "address": "198.51.100.300", "role": "control-plane"],
                ["name": "n5", "address": "198.51.100.15", "roel": "worker"],
            ])
        }
        let up = try await site.run("up", "--yes")
        up.expect(code: 65)
        up.expect(line: "inventory.yml:", "198.51.100.300")
        up.expect(line: "inventory.yml:", "roel", "role")
    }

    @Test("an address where nobody is, and a port where nobody listens: 69, both named")
    func unreachable() async throws {
        // Not one of the lab's, nor the one that the test of the static address moves to.
        let nobody = LabNode(12)
        let silent = try await workstation("unreachable") { inventory in
            inventory.host(node, "address", .string(nobody.address))
            inventory.ssh("connectTimeout", 5)
        }
        try await expectRefusal(silent, code: 69, line: nobody.address)
        let closed = try await workstation("closed") { $0.ssh("port", 2222) }
        try await expectRefusal(closed, code: 69, line: "2222")
    }

    @Test("a changed host key: 77, with or without --accept-new-host-keys, and known_hosts stays as it is")
    func changedHostKey() async throws {
        let site = try await workstation("changed-key")
        let other = try await Self.newKey(site.home + "/other")
        let known = "\(node.address) \(other)\n"
        try Lab.write(known, to: site.knownHosts)
        try await expectRefusal(site, code: 77, line: "host key")
        try await expectRefusal(site, code: 77, line: "host key", arguments: ["--accept-new-host-keys"])
        #expect(Self.text(site.knownHosts) == known)
    }

    @Test("a host key that nobody knows: 77 without a terminal; --accept-new-host-keys writes it down")
    func newHostKey() async throws {
        let site = try await workstation("new-key", trusting: false)
        try await expectRefusal(site, code: 77, line: "--accept-new-host-keys")
        #expect(Self.text(site.knownHosts).isEmpty)
        try await site.run("plan", "--accept-new-host-keys").expect(code: 2)
        let keys = try await node.hostKeys().split(separator: "\n").map { $0.split(separator: " ")[2] }
        let known = Self.text(site.knownHosts)
        #expect(keys.contains { known.contains($0) })
        try await site.run("plan").expect(code: 2)
    }

    @Test("a key that the host does not accept: 77, with the user that was refused")
    func refusedAuthentication() async throws {
        let site = try await workstation("refused") { _ in }
        let key = site.home + "/other"
        _ = try await Self.newKey(key)
        try await site.prepare([node]) { $0.ssh("key", .string(key)) }
        try await expectRefusal(site, code: 77, line: "ubuntu")
    }

    /// Makes a key pair and returns its public half, type and key.
    private static func newKey(_ path: String) async throws -> String {
        try await Command("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", path]).run()
            .require(code: 0)
        return text(path + ".pub").split(separator: " ").prefix(2).joined(separator: " ")
    }

    private static func text(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }
}
