import Inventory

/// The proxy on every node that leads to the API servers of all control planes (`controlPlaneEndpoint: node-proxy`).
package enum NodeProxy {
    /// The TCP port of the loopback address on which it listens.
    static let port = 6444

    /// Where a node reaches the API through it.
    static let endpoint = "127.0.0.1:\(port)"

    /// What its playbook asks for: where it listens, and a line of its configuration for each control plane.
    static func values(_ cluster: Cluster) -> [String: String] {
        [
            "API_ENDPOINT": endpoint,
            "API_SERVERS": cluster.hosts(of: .controlPlane)
                .map { "    server \($0.name) \($0.nodeAddress):6443" }.joined(separator: "\n"),
        ]
    }
}
