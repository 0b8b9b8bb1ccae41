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
        /// The file systems of a node, as far as they are known.
        var rooms: [HostSights.Room] = []
    }

    /// Nodes first, then the certificates of control planes, then workloads, then pods that are not well.
    let rows: [Row]

    /// Whether everything is as it should be.
    var isWell: Bool { rows.allSatisfy(\.isReady) }

    /// Asks the cluster for nodes and workloads, and the hosts for the rest.
    ///
    /// - Throws: ``Complaint`` when kubectl fails, and what connecting throws.
    static func read(_ operation: Operation) async throws -> ClusterStatus {
        let kubectl = try await operation.kubectl()
        let nodes = try await nodes(kubectl, operation.site.cluster)
        return try await read(operation, kubectl, nodes, try await HostSights(operation, of: nodes))
    }

    /// The same over a way to the cluster that is there already, with what is known of nodes and hosts.
    ///
    /// - Throws: ``Complaint`` when kubectl fails, and what the way throws.
    static func read(
        _ operation: Operation, _ kubectl: Manifests.Kubectl, _ nodes: [Row], _ sights: HostSights
    ) async throws -> ClusterStatus {
        var rows = nodes.map(sights.told) + sights.certificates
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

    static func objects(
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
                rows.map { row in
                    var node: Node = [
                        "name": .string(row.name), "ready": .bool(row.isReady), "detail": .string(row.detail),
                    ]
                    if !row.rooms.isEmpty { node["disks"] = .sequence(row.rooms.map(\.json)) }
                    return node
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
