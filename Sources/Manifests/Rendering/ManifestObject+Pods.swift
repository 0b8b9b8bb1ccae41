package import YAML

/// What a workload says of its pods.
extension ManifestObject {
    /// How many there are to be.
    package var replicas: Int { node[path: ["spec", "replicas"]]?.text.flatMap { Int($0) } ?? 1 }

    /// Their containers.
    package var containers: [Node] { node[path: ["spec", "template", "spec", "containers"]]?.items ?? [] }

    /// The images that they run.
    package var images: [String] {
        let first = node[path: ["spec", "template", "spec", "initContainers"]]?.items ?? []
        return (first + containers).compactMap { $0["image"]?.text }
    }

    /// The claims that they mount.
    package var claims: [String] {
        let volumes = node[path: ["spec", "template", "spec", "volumes"]]?.items ?? []
        return volumes.compactMap { $0["persistentVolumeClaim"]?["claimName"]?.text }
    }
}
