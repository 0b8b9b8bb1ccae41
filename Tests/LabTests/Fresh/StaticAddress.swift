import Foundation
import Testing
import YAML

extension Beside {
    /// A node that is given an address for good.
    @Suite("Static address")
    struct StaticAddress {
        @Test(
            "ifupdown: the host is reached at its new address, the old one goes, and a reboot changes nothing"
        )
        func ifupdown() async throws {
            let node = LabNode(6)
            let moved = LabNode(9)
            try await node.wipe()
            let site = try Workstation("address")
            let keys = try await node.hostKeys()
            try await site.prepare([node])
            try Lab.write(
                keys + keys.replacingOccurrences(of: node.address, with: moved.address), to: site.knownHosts)
            let playbooks = Lab.here.tree + "/playbooks/"
            let values = [
                "-e", "STATIC_ADDRESS=\(moved.address)/24", "-e", "STATIC_GATEWAY=198.51.100.1",
                "-e", "STATIC_NAMESERVERS=", "-e", "STATIC_INTERFACE=", "-e", "KUBE_VIP=",
            ]

            let change = ["play", playbooks + "address.yml"] + values
            try await site.command(change).run(name: "address").require(code: 0)
            try await expect([node.address, moved.address], on: node)

            // What follows reaches the host where it is now.
            var inventory = try Inventory([node], knownHosts: site.knownHosts)
            inventory.host(node, "address", .string(moved.address))
            try Lab.write(inventory.text, to: site.inventoryFile)
            let confirmation = ["play", playbooks + "address-confirm.yml"] + values.prefix(2)
            try await site.command(confirmation).run(name: "address-confirm").require(code: 0)
            try await expect([moved.address], on: node)
            try await site.command(change).run(name: "address").expect(line: "nothing was changed")

            _ = try await node.shell("touch /run/before; systemctl reboot")
            try await settle("\(node) is back", within: .seconds(60)) {
                let state = try await node.shell(
                    "test ! -e /run/before && systemctl is-system-running --wait")
                return ["running", "degraded"].contains(state.output.dropLast()) ? [] : [state.output]
            }
            try await expect([moved.address], on: node)
            try await node.wipe()
        }

        /// Expects the node's link to have exactly these addresses, within the time that an old one takes to go.
        private func expect(_ addresses: [String], on node: LabNode) async throws {
            try await settle("\(node) has \(addresses)", within: .seconds(20)) {
                let seen = try await node.read("ip -o -4 addr show dev host0 | awk '{ print $4 }'")
                let bare = Set(
                    seen.split(separator: "\n").map { $0.split(separator: "/").first.map(String.init) })
                return bare == Set(addresses) ? [] : [seen]
            }
        }
    }
}
