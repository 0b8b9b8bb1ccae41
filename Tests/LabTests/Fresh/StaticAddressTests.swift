import Foundation
import Testing
import YAML

/// A node that is given an address for good.
@Suite("Static address", .lab)
struct StaticAddressTests {
    @Test("ifupdown: the host is reached at its new address now and after a reboot, and the old one is gone")
    func ifupdown() async throws {
        let node = LabNode(6)
        let moved = LabNode(9)
        try await node.wipe()
        let site = try Workstation("address")
        let keys = try await node.hostKeys()
        try await site.prepare([node]) { inventory in
            inventory.host(
                node, "staticAddress", ["address": .string(moved.address + "/24"), "gateway": "198.51.100.1"])
        }
        let known = keys + keys.replacingOccurrences(of: node.address, with: moved.address)
        try Lab.write(known, to: site.knownHosts)

        let later = "containerd,packages,images,control-plane,network-plugin,kubeconfig,nodes,coredns"
        let up = try await site.run("up", "--yes", "--skip-phases", later)
        up.expect(code: 0)
        try await expect([moved.address + "/24"], on: node)
        _ = try await node.shell("touch /run/before; systemctl reboot")
        try await settle("\(node) is back", within: .seconds(60)) {
            let state = try await node.shell("test ! -e /run/before && systemctl is-system-running --wait")
            return ["running", "degraded"].contains(state.output.dropLast()) ? [] : [state.output]
        }
        try await expect([moved.address + "/24"], on: node)
        try await node.wipe()
    }

    /// Expects the node's link to have exactly these addresses.
    private func expect(_ addresses: [String], on node: LabNode) async throws {
        let seen = try await node.read("ip -o -4 addr show dev host0 | awk '{ print $4 }'")
        #expect(seen.split(separator: "\n").map(String.init) == addresses)
    }
}
