import Inventory
import Manifests
import Provisioning
import YAML

extension ClusterStatus {
    /// The nodes of a cluster, the hosts that it lacks, and an upgrade that is not finished.
    ///
    /// - Throws: ``Complaint`` when kubectl fails.
    static func nodes(_ kubectl: Manifests.Kubectl, _ cluster: Cluster) async throws -> [Row] {
        let nodes = try await objects(kubectl, ["get", "nodes"])
        let rows = nodes.map { node($0, of: cluster) }
        let missing = cluster.hosts.filter { host in !rows.contains { $0.name == "node/\(host.name)" } }
        return rows
            + missing.map { Row(name: "node/\($0.name)", isReady: false, detail: "not in the cluster") }
            + upgrade(nodes)
    }

    /// An upgrade that is not finished.
    private static func upgrade(_ nodes: [Node]) -> [Row] {
        let versions = Set(nodes.map(version))
        let isHeld = nodes.contains { $0["metadata"]?["annotations"]?[UpgradePlan.annotation] != nil }
        guard versions.count > 1 || isHeld else { return [] }
        return [
            Row(
                name: "upgrade", isReady: false,
                detail: "not finished: nodes run \(versions.sorted().joined(separator: " and ")); "
                    + "`mooc-cluster upgrade` goes on with it")
        ]
    }

    private static func version(_ node: Node) -> String {
        node["status"]?["nodeInfo"]?["kubeletVersion"]?.text ?? ""
    }

    private static func node(_ node: Node, of cluster: Cluster) -> Row {
        let name = node["metadata"]?["name"]?.text ?? ""
        let reason = node.condition("Ready")?["message"]?.text ?? "it was never heard of"
        // the kubelet's own limits: a tenth of the disk free, for images 15 %, and 100 MiB of memory
        let limits = [
            ("DiskPressure", "disk"), ("MemoryPressure", "memory"), ("PIDPressure", "process numbers"),
        ]
        let short = limits.filter { node.condition($0.0)?["status"]?.text == "True" }.map {
            "short of \($0.1)"
        }
        var words = [
            node.isReady ? "ready" : "not ready: \(reason)", isPlane(node) ? "control-plane" : "worker",
            version(node),
        ].filter { !$0.isEmpty }
        words += short
        if node["spec"]?["unschedulable"]?.text == "true" { words.append("takes no new pods") }
        if let host = cluster.hosts.first(where: { $0.name == name }) {
            let drift = drift(of: node, from: host, cluster.kubernetes.version)
            if !drift.isEmpty { words.append("not as in the inventory: \(drift.joined(separator: ", "))") }
        } else {
            words.append("not in the inventory")
        }
        return Row(
            name: "node/\(name)", isReady: node.isReady && short.isEmpty,
            detail: words.joined(separator: ", "))
    }

    private static func isPlane(_ node: Node) -> Bool {
        let labels = node["metadata"]?["labels"]
        return ["control-plane", "master"].contains { labels?["node-role.kubernetes.io/\($0)"] != nil }
    }

    /// What the inventory says of a node and the cluster does not have: role, address, version, labels, taints.
    ///
    /// What is on the host itself, `plan` compares.
    private static func drift(of node: Node, from host: Host, _ wanted: String?) -> [String] {
        var drift: [String] = []
        if isPlane(node) != (host.role == .controlPlane) { drift.append("role \(host.role.rawValue)") }
        let addresses = node["status"]?["addresses"]?.items ?? []
        let inside = addresses.filter { $0["type"]?.text == "InternalIP" }.compactMap { $0["address"]?.text }
        if CIDR.address(of: host.nodeAddress) != nil, !inside.isEmpty, !inside.contains(host.nodeAddress) {
            drift.append("address \(host.nodeAddress)")
        }
        // a minor stands for any of its patches
        let version = version(node)
        if let wanted, !version.isEmpty, !"\(version).".hasPrefix("v\(wanted).") {
            drift.append("version \(wanted)")
        }
        let labels = node["metadata"]?["labels"]
        drift += host.labels.filter { labels?[$0.key]?.text != $0.value }.map {
            "label \($0.key)=\($0.value)"
        }
        let taints = (node["spec"]?["taints"]?.items ?? []).map { taint in
            let value = taint["value"]?.text.map { "=\($0)" } ?? ""
            return "\(taint["key"]?.text ?? "")\(value):\(taint["effect"]?.text ?? "")"
        }
        return drift + host.taints.filter { !taints.contains($0) }.map { "taint \($0)" }
    }
}
