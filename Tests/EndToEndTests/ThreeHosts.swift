import Foundation
import Glibc
import TestSupport

/// Three hosts n1 to n3 in network namespaces of their own, each behind a stock sshd; see the script.
enum ThreeHosts {
    private static let words = [
        "unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc",
    ]

    /// Whether this machine lets us make them.
    static let canBeMade =
        geteuid() == 0
        && (try? Child(words + ["ip", "link", "add", "bridge77", "type", "bridge"]).wait()) == 0

    /// Runs a line of sh, in which `tool` is the tool, while they are there.
    ///
    /// - Parameters:
    ///   - line: the line.
    ///   - tool: the tool, in whose folder it runs.
    ///   - plugin: the network plugin of the inventory.
    ///   - faults: what is done to the network before; see the script.
    ///   - more: further lines of the inventory, after those of the hosts.
    /// - Returns: how it ended.
    /// - Throws: what starting it throws.
    static func script(
        _ line: String, _ tool: Tool, plugin: String = "calico", faults: String = "", more: String = ""
    ) async throws -> Tool.Outcome {
        try tool.write(
            """
            cluster: \(tool.cluster)
            kubernetes: { version: "1.34", cni: \(plugin), podNetwork: 10.99.0.0/16, serviceNetwork: 10.98.0.0/16 }
            ssh: { user: root, key: sshd/user_key, knownHosts: \(tool.folder)/known_hosts, hostKeys: accept-new,
              connectTimeout: 20 }
            hosts:
              - { name: n1, address: 10.77.0.11, role: control-plane }
              - { name: n2, address: 10.77.0.12, role: worker }
              - { name: n3, address: 10.77.0.13, role: worker }
            \(more)

            """, to: "inventory.yml")
        var tool = tool
        tool.environment["FAULTS"] = faults
        let network = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Tools/network.sh").path
        return try await tool.run(
            [],
            through: ["/usr/bin/env"] + words
                + ["sh", network, "\(tool.folder)/sshd", "sh", "-c", "tool() { \"$0\" \"$@\"; }\n\(line)"])
    }
}
