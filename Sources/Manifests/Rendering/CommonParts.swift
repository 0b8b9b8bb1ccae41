internal import YAML

/// What every object of an application has in common, so that its manifests need not repeat it.
struct CommonParts {
    /// The application, for the label part-of.
    let application: String
    /// Which one of the application, for the label instance.
    let instance: String
    /// The namespace of what has one.
    let namespace: String
    /// Addresses and the names that lead to them, for /etc/hosts of every pod.
    let aliases: [(address: String, names: [String])]
    /// The settings that pods read.
    let settings: Settings

    /// Kinds that belong to the whole cluster.
    private static let clusterWide: Set<String> = ["Namespace", "PersistentVolume"]

    /// Adds it.
    func add(to object: inout ManifestObject) {
        if !Self.clusterWide.contains(object.kind) {
            object.node[path: ["metadata", "namespace"]] = .string(namespace)
        }
        for (key, value) in labels {
            object.node[path: ["metadata", "labels", key]] = .string(value)
        }
        object.node[path: ["metadata", "labels", Owner.label]] = .string(instance)
        let name = ["metadata", "labels", "app.kubernetes.io/name"]
        if object.node[path: name] == nil { object.node[path: name] = .string(object.name) }
        if object.kind == "Service" { Self.completePorts(&object.node, at: ["spec", "ports"]) }
        guard object.isWorkload, var template = object.node[path: ["spec", "template"]] else { return }
        complete(&template)
        if object.kind == "Deployment" { Self.letMove(&template) }
        object.node[path: ["spec", "template"]] = template
        if object.kind == "Job" {
            // A Job cannot be changed: one that does something else is another one.
            let print = Fingerprint.of(object.node["spec"]?.json(sorted: true) ?? "")
            object.node[path: ["metadata", "name"]] = .string("\(object.name)-\(print.prefix(8))")
        }
    }

    private var labels: [(String, String)] {
        [
            ("app.kubernetes.io/part-of", application), ("app.kubernetes.io/instance", instance),
            ("app.kubernetes.io/managed-by", Owner.manager),
        ]
    }

    private func complete(_ template: inout Node) {
        for (key, value) in labels {
            template[path: ["metadata", "labels", key]] = .string(value)
        }
        if let print = settings.fingerprint(of: template) {
            template[path: ["metadata", "annotations", "mooc-cluster/settings"]] = .string(print)
        }
        if !aliases.isEmpty {
            template[path: ["spec", "hostAliases"]] = .sequence(
                aliases.map { alias in
                    ["ip": .string(alias.address), "hostnames": .sequence(alias.names.map { .string($0) })]
                })
        }
        for part in ["initContainers", "containers"] {
            guard let containers = template[path: ["spec", part]]?.items else { continue }
            template[path: ["spec", part]] = .sequence(
                containers.map { container in
                    var container = container
                    Self.completePorts(&container, at: ["ports"])
                    return container
                })
        }
    }

    /// A pod that holds no volume leaves a node that is lost after a minute, not after Kubernetes' own five; one that
    /// does could not start anywhere else.
    private static func letMove(_ template: inout Node) {
        let volumes = template[path: ["spec", "volumes"]]?.items ?? []
        guard volumes.allSatisfy({ $0["persistentVolumeClaim"] == nil }) else { return }
        let lost: [Node] = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"].map { taint in
            ["key": .string(taint), "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 60]
        }
        template[path: ["spec", "tolerations"]] = .sequence(
            (template[path: ["spec", "tolerations"]]?.items ?? []) + lost)
    }

    /// Writes the protocol out: it is part of a port's key in server-side apply, and early versions of that took a
    /// port without it for another one.
    private static func completePorts(_ node: inout Node, at path: [String]) {
        guard let ports = node[path: path]?.items else { return }
        node[path: path] = .sequence(
            ports.map { port in
                var port = port
                if port["protocol"] == nil { port["protocol"] = "TCP" }
                return port
            })
    }
}

/// How objects of this tool are told from others.
package enum Owner {
    /// Field manager of server-side apply, and the label managed-by.
    package static let manager = "mooc-cluster"
    /// The label that says which instance an object belongs to; what carries it and is not rendered any more is removed.
    package static let label = "mooc-cluster/owner"
}

/// The ConfigMaps of an application, for telling when what a pod reads has changed.
struct Settings {
    private let texts: [String: String]

    /// Takes the ConfigMaps.
    init(_ maps: [ManifestObject]) {
        texts = Dictionary(maps.map { ($0.name, $0.node["data"]?.json(sorted: true) ?? "") }) { $1 }
    }

    /// A checksum of the ConfigMaps that a pod template mounts; nil when it mounts none.
    func fingerprint(of template: Node) -> String? {
        let volumes = template[path: ["spec", "volumes"]]?.items ?? []
        let names = volumes.compactMap { $0["configMap"]?["name"]?.text }.sorted()
        guard !names.isEmpty else { return nil }
        return Fingerprint.of(names.map { "\($0)=\(texts[$0] ?? "")" }.joined(separator: "\n"))
    }
}
