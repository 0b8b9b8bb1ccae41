import Console
import Inventory
import Manifests
import Provisioning
import YAML

/// What a cluster says of its nodes and of the workloads of applications.
struct ClusterStatus {
    /// One node or workload.
    struct Row {
        /// `node/n1`, `deployment/lms`.
        let name: String
        /// Whether it is as it should be.
        let isReady: Bool
        /// How it is, in a few words.
        let detail: String
    }

    /// Nodes first, then the certificates of control planes, then workloads, then pods that are not well.
    let rows: [Row]

    /// Whether everything is as it should be.
    var isWell: Bool { rows.allSatisfy(\.isReady) }

    /// Asks the cluster for nodes and workloads, and its control planes for their certificates.
    ///
    /// - Throws: ``Complaint`` when kubectl fails, and what connecting throws.
    static func read(_ operation: Operation) async throws -> ClusterStatus {
        try await read(operation, try await operation.kubectl(), try await certificates(operation))
    }

    /// The same over a way to the cluster that is there already, with what is known of certificates.
    ///
    /// - Throws: ``Complaint`` when kubectl fails, and what the way throws.
    static func read(
        _ operation: Operation, _ kubectl: Manifests.Kubectl, _ certificates: [Row]
    ) async throws -> ClusterStatus {
        var rows = try await nodes(kubectl, operation.site.cluster)
        rows += certificates
        let applications = operation.site.cluster.applications
        for part in applications {
            let workloads = try await objects(
                kubectl, ["get", "deployments,statefulsets", "--namespace", part.namespace])
            var lost = LostVolumes.none
            if rows.contains(where: { !$0.isReady })
                || workloads.contains(where: { !workload($0, lost: .none).isReady })
            {
                lost = try await lostVolumes(kubectl, part, nodes: rows)
            }
            let place = applications.count > 1 ? "\(part.namespace)/" : ""
            rows += workloads.map { workload($0, lost: lost, calling: place) }
        }
        rows += try await objects(kubectl, ["get", "pods", "--all-namespaces"]).compactMap { Row(illPod: $0) }
        return ClusterStatus(rows: rows)
    }

    /// Asks the cluster for nodes alone.
    ///
    /// - Throws: ``Complaint`` when kubectl fails, and what connecting throws.
    static func nodes(_ operation: Operation) async throws -> ClusterStatus {
        ClusterStatus(rows: try await nodes(try await operation.kubectl(), operation.site.cluster))
    }

    /// The claims of an application whose volumes are on nodes that are not ready.
    ///
    /// - Throws: ``Complaint`` when kubectl fails.
    static func lostVolumes(
        _ kubectl: Manifests.Kubectl, of part: ApplicationPart, _ cluster: Cluster
    ) async throws -> LostVolumes {
        try await lostVolumes(kubectl, part, nodes: try await nodes(kubectl, cluster))
    }

    private static func lostVolumes(
        _ kubectl: Manifests.Kubectl, _ part: ApplicationPart, nodes: [Row]
    ) async throws -> LostVolumes {
        let ready = nodes.filter { $0.isReady && $0.name.hasPrefix("node/") }.map {
            String($0.name.drop { $0 != "/" }.dropFirst())
        }
        return LostVolumes(
            claims: BoundVolumes.lost(
                in: try await objects(kubectl, ["get", "persistentvolumes"]),
                namespace: part.namespace, ready: Set(ready)))
    }

    private static func nodes(_ kubectl: Manifests.Kubectl, _ cluster: Cluster) async throws -> [Row] {
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

    /// How long the certificate lasts that ends first, of those that `certs renew` makes anew.
    ///
    /// - Throws: what looking at them throws.
    static func certificates(_ operation: Operation) async throws -> [Row] {
        let crew = CertificateCrew(operation.site.cluster, operation.surroundings) { _ in }
        let (report, certificates) = try await crew.look { $0.role == .controlPlane }
        let first = certificates.filter(\.isRenewed).min { $0.end < $1.end }
        guard report.isDone, let first else {
            return report.isDone
                ? [] : [Row(name: "certificates", isReady: false, detail: "not all were read")]
        }
        let days = first.days(at: operation.surroundings.now() / 1_000_000_000)
        let cure = days < 30 ? "; `mooc-cluster certs renew` makes all of them anew" : ""
        let left = days < 0 ? "has ended" : "\(days) days left"
        return [
            Row(
                name: "certificates", isReady: days >= 0,
                detail: "\(left): \(first.name) of \(first.host) ends first\(cure)")
        ]
    }

    private static func objects(
        _ kubectl: Manifests.Kubectl, _ arguments: [String]
    ) async throws -> [Node] {
        let answer = try await kubectl(arguments + ["--output=json"], [])
        let diagnostics = Diagnostics()
        let text = String(decoding: answer.output, as: UTF8.self)
        guard answer.code == 0,
            let list = YAMLParser.document(text, file: "kubectl", diagnostics: diagnostics)?["items"]?.items
        else {
            let words = String(decoding: answer.error, as: UTF8.self)
            throw Complaint(.failed, "the cluster does not answer: \(words)")
        }
        return list
    }

    private static func node(_ node: Node, of cluster: Cluster) -> Row {
        let drained = node["spec"]?["unschedulable"]?.text == "true" ? ", takes no new pods" : ""
        let name = node["metadata"]?["name"]?.text ?? ""
        let stray = cluster.hosts.contains { $0.name == name } ? "" : ", not in the inventory"
        let reason = node.condition("Ready")?["message"]?.text ?? "it was never heard of"
        let state = node.isReady ? "ready" : "not ready: \(reason)"
        let labels = node["metadata"]?["labels"]
        let isPlane = ["control-plane", "master"].contains { labels?["node-role.kubernetes.io/\($0)"] != nil }
        // the kubelet's own limits: a tenth of the disk free, for images 15 %, and 100 MiB of memory
        let limits = [
            ("DiskPressure", "disk"), ("MemoryPressure", "memory"), ("PIDPressure", "process numbers"),
        ]
        let short = limits.filter { node.condition($0.0)?["status"]?.text == "True" }.map {
            ", short of \($0.1)"
        }
        return Row(
            name: "node/\(name)", isReady: node.isReady && short.isEmpty,
            detail: "\(state), \(isPlane ? "control-plane" : "worker"), \(version(node))\(short.joined())"
                + drained + stray)
    }

    private static func workload(_ object: Node, lost: LostVolumes, calling place: String = "") -> Row {
        let wanted = object["spec"]?["replicas"]?.text ?? "1"
        let ready = object["status"]?["readyReplicas"]?.text ?? "0"
        let isReady = wanted == ready
        let workload = ManifestObject(object)
        let causes = isReady ? [] : lost.causes(for: workload?.claims ?? []).map { "; \($0)" }
        return Row(
            name: workload.map { "\(place)\($0.id)" } ?? "", isReady: isReady,
            detail: "\(ready) of \(wanted) ready" + causes.joined())
    }

    /// For scripts.
    var json: Node {
        [
            "well": .bool(isWell),
            "items": .sequence(
                rows.map {
                    ["name": .string($0.name), "ready": .bool($0.isReady), "detail": .string($0.detail)]
                }),
        ]
    }

    /// For a person.
    func text(_ paint: Paint) -> String {
        var table = Table(["WHAT", "STATE"])
        for row in rows {
            table.add([Table.Cell(row.name, row.isReady ? .green : .red), Table.Cell(row.detail)])
        }
        return table.text(paint)
    }
}
