import Manifests
import YAML

extension RolledOut {
    /// The service with its pods, for a person.
    var words: String {
        let places = pods.map { "\($0.name) on \($0.node)" }.joined(separator: ", ")
        return pods.isEmpty ? "\(id), no pods" : "\(id), ready: \(places)"
    }
}

extension [RolledOut] {
    /// The result for scripts.
    var json: Node {
        [
            "services": .sequence(
                map { service in
                    [
                        "name": .string(service.id.name),
                        "pods": .sequence(
                            service.pods.map { ["name": .string($0.name), "node": .string($0.node)] }),
                        "fields": Change(.update, service.id, fields: service.fields).json["fields"] ?? .null,
                    ]
                })
        ]
    }
}
