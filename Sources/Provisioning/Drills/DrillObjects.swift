import YAML

/// What a drill has to know of the services of a cluster before it begins.
struct DrillObjects {
    /// Nodes, pods, volumes and the like.
    let objects: ClusterObjects

    /// Asks a cluster.
    ///
    /// - Throws: as ``ClusterObjects/read(_:and:)``.
    static func read(_ kubectl: Kubectl) async throws -> DrillObjects {
        DrillObjects(objects: try await .read(kubectl, and: ["services", "endpoints"]))
    }

    /// The services of namespaces that can be asked.
    func targets(in namespaces: Set<String>) -> [DrillTarget] {
        objects["Service"].compactMap { service in
            namespaces.contains(service["metadata"]?["namespace"]?.text ?? "") ? DrillTarget(service) : nil
        }
    }

    /// The pods that serve a service now.
    func serving(_ service: String) -> [(pod: String, node: String, address: String)] {
        objects["Endpoints"].filter { Self.title($0) == service }
            .flatMap { $0["subsets"]?.items ?? [] }.flatMap { $0["addresses"]?.items ?? [] }
            .compactMap { address in
                guard let ip = address["ip"]?.text, let pod = address["targetRef"]?["name"]?.text else {
                    return nil
                }
                return (pod, address["nodeName"]?.text ?? "", ip)
            }.sorted { $0.pod < $1.pod }
    }

    /// The data stores among pods, by the names of their images.
    func stores(among pods: Set<String>) -> [DataStore] {
        let images = objects["Pod"].filter { pods.contains(Self.title($0)) }
            .flatMap { $0["spec"]?["containers"]?.items ?? [] }.compactMap { $0["image"]?.text }
        return DataStore.allCases.filter { store in images.contains(where: store.isIn) }
    }

    private static func title(_ object: Node) -> String {
        "\(object["metadata"]?["namespace"]?.text ?? "")/\(object["metadata"]?["name"]?.text ?? "")"
    }
}
