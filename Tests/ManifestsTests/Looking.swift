import Manifests
import Testing
import YAML

extension Rendered {
    /// The objects of a kind.
    func all(_ kind: String) -> [ManifestObject] { objects.filter { $0.kind == kind } }

    /// The one object of a kind and name.
    func one(_ kind: String, _ name: String) throws -> ManifestObject {
        try #require(objects.first { $0.kind == kind && $0.name == name }, "no \(kind) \(name)")
    }

    /// Everything that runs.
    var workloads: [ManifestObject] { objects.filter(\.isWorkload) }

    /// Expects each Service to lead to a workload, and by each of its ports to a container's port of the same number.
    func expectServicePortsOfContainers() throws {
        for service in all("Service") {
            let workload = try #require(
                services.first { workload in
                    service.selector.allSatisfy { workload.podLabels[$0.key] == $0.value }
                })
            let ports = workload.containers.flatMap { $0["ports"]?.items ?? [] }
            for port in service.ports {
                let target = try #require(ports.first { $0["name"]?.text == port.target })
                #expect(target["containerPort"]?.text == "\(port.port)", "\(service.name)")
            }
        }
    }
}

extension ManifestObject {
    /// The pod template of a workload.
    var pod: Node { node[path: ["spec", "template"]] ?? [:] }
    /// The volumes of a workload.
    var volumes: [Node] { pod[path: ["spec", "volumes"]]?.items ?? [] }
    /// The labels of its pods.
    var podLabels: [String: String] {
        let entries = pod[path: ["metadata", "labels"]]?.entries ?? []
        return Dictionary(entries.map { ($0.key, $0.value.text ?? "") }) { $1 }
    }
    /// The selector of a Service.
    var selector: [String: String] {
        let entries = node[path: ["spec", "selector"]]?.entries ?? []
        return Dictionary(entries.map { ($0.key, $0.value.text ?? "") }) { $1 }
    }
    /// The ports of a Service, with what they lead to.
    var ports: [(port: Int, target: String)] {
        (node[path: ["spec", "ports"]]?.items ?? []).map {
            (Int($0["port"]?.text ?? "") ?? 0, $0["targetPort"]?.text ?? "")
        }
    }
}

extension Node {
    /// Every scalar text inside.
    var texts: [String] {
        switch content {
        case .scalar(let scalar): [scalar.text]
        case .sequence(let items): items.flatMap(\.texts)
        case .mapping(let mapping): mapping.entries.flatMap { [$0.key] + $0.value.texts }
        }
    }
}

/// The fifteen services of the devstack.
let fifteen = [
    "mysql", "mongo", "memcached", "elasticsearch", "lms", "studio", "credentials", "discovery", "ecommerce",
    "edx-notes-api", "forum", "gradebook", "devpi", "chrome", "firefox",
]
