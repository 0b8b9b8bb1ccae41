import Testing
import YAML

/// What the API server says about the cluster, compared with what issue 3 asks for.
struct ClusterState: Sendable {
    /// How it is asked.
    let kubectl: Kubectl
    /// Where Open edX is.
    let namespace: String

    /// What runs there.
    var edition = Edition.ironwood

    /// What is missing until these nodes, and no others unless that is allowed, are there and Ready.
    func missingNodes(_ wanted: [LabNode], allowingOthers: Bool = false) async throws -> [String] {
        let nodes = try await kubectl.list("nodes")
        let names = Set(nodes.map(\.name))
        let strangers = names.subtracting(wanted.map(\.name)).map { "\($0) should be away" }
        return (allowingOthers ? [] : strangers)
            + wanted.compactMap { node in
                guard let object = nodes.first(where: { $0.name == node.name }) else {
                    return "\(node) is absent"
                }
                return Self.isReady(object) ? nil : "\(node) is not Ready"
            }
    }

    /// Waits until these nodes are there and Ready, and no others.
    func expectNodes(_ nodes: [LabNode]) async throws {
        try await settle("a cluster of \(nodes)", within: .seconds(180)) { try await missingNodes(nodes) }
    }

    /// What is missing until all services are rolled out: every replica of the present version ready.
    func missingServices() async throws -> [String] {
        let workloads =
            try await kubectl.list("deployments", in: namespace)
            + kubectl.list("statefulsets", in: namespace)
        return edition.services.compactMap { name in
            guard let workload = workloads.first(where: { $0.name == name }) else {
                return "\(name) is absent"
            }
            let replicas = workload.at("spec", "replicas")?.text ?? "1"
            let status = ["readyReplicas", "updatedReplicas"].map { workload.at("status", $0)?.text ?? "0" }
            let isSeen =
                workload.at("status", "observedGeneration")?.text
                == workload.at("metadata", "generation")?.text
            return isSeen && status.allSatisfy { $0 == replicas } && replicas != "0"
                ? nil : "\(name) has \(status[0]) of \(replicas) ready"
        }
    }

    /// The claims with what is wrong about each: it must be bound to the volume made for it by name, kept when the
    /// claim goes, and tied to a node, its folder named after the claim.
    func wrongClaims() async throws -> [String] {
        let claims = try await kubectl.list("persistentvolumeclaims", in: namespace)
        let volumes = try await kubectl.list("persistentvolumes")
        let absent = edition.stores.subtracting(claims.map(\.name))
        #expect(absent.isEmpty, "claims of the data stores")
        return claims.flatMap { claim -> [String] in
            guard claim.at("status", "phase")?.text == "Bound" else { return ["\(claim.name) is not bound"] }
            let name = claim.at("spec", "volumeName")?.text
            guard let volume = volumes.first(where: { $0.name == name }) else {
                return ["\(claim.name): no volume \(name ?? "?")"]
            }
            var wrong: [String] = []
            if !volume.name.hasSuffix(claim.name) { wrong.append("\(claim.name) is bound to \(volume.name)") }
            if volume.at("spec", "claimRef", "name")?.text != claim.name {
                wrong.append("\(volume.name) names another claim")
            }
            if volume.at("spec", "persistentVolumeReclaimPolicy")?.text != "Retain" {
                wrong.append("\(volume.name) is not retained")
            }
            if volume.at("spec", "nodeAffinity", "required") == nil {
                wrong.append("\(volume.name) is tied to no node")
            }
            let folder = (volume.at("spec", "local", "path") ?? volume.at("spec", "hostPath", "path"))?.text
            if folder?.hasSuffix("/" + claim.name) != true {
                wrong.append("\(volume.name) lies in \(folder ?? "?")")
            }
            return wrong
        }
    }

    /// Fails the test unless nodes, services and claims are as they should be, now or within a short time.
    func expectProven(nodes: [LabNode], within limit: Duration = .seconds(20)) async throws {
        try await settle("the cluster of \(nodes) with its services", within: limit) {
            try await missingNodes(nodes) + missingServices()
        }
        let wrong = try await wrongClaims()
        #expect(wrong.isEmpty, "claims")
    }

    /// The pods of a service.
    func pods(of service: String) async throws -> [Node] {
        try await kubectl.list("pods", in: namespace)
            .filter { $0.at("metadata", "labels", "app.kubernetes.io/name")?.text == service }
    }

    /// The pods of each service that are not on their way out.
    func identities() async throws -> [String: Set<String>] {
        var result: [String: Set<String>] = [:]
        for pod in try await kubectl.list("pods", in: namespace)
        where pod.at("metadata", "deletionTimestamp") == nil {
            guard let service = pod.at("metadata", "labels", "app.kubernetes.io/name")?.text,
                let identity = pod.at("metadata", "uid")?.text
            else { continue }
            result[service, default: []].insert(identity)
        }
        return result
    }

    /// The nodes that hold volumes, by the volumes' affinity.
    func nodesWithVolumes() async throws -> Set<String> {
        let volumes = try await kubectl.list("persistentvolumes")
        let terms = volumes.flatMap {
            $0.at("spec", "nodeAffinity", "required", "nodeSelectorTerms")?.items ?? []
        }
        let values = terms.flatMap { $0["matchExpressions"]?.items ?? [] }.flatMap {
            $0["values"]?.items ?? []
        }
        return Set(values.compactMap(\.text))
    }

    /// Whether an object's condition `Ready` is true.
    static func isReady(_ object: Node) -> Bool {
        let conditions = object.at("status", "conditions")?.items ?? []
        return conditions.contains { $0["type"]?.text == "Ready" && $0["status"]?.text == "True" }
    }
}
