internal import YAML

/// How a claim of an application and its volume are in the cluster.
package struct VolumeStatus: Sendable, Hashable {
    /// The namespace of the claim.
    package var namespace: String
    /// The claim's name.
    package var claim: String
    /// The PersistentVolume; nil where there is none yet.
    package var volume: String?
    /// The nodes that alone can mount it; empty where all can.
    package var nodes: [String]
    /// Its folder on such a node; nil where it is none of a node.
    package var folder: String?
    /// What it lies in where that is no folder of a node; nil where that is not known.
    package var source: String?
    /// The size that it has, else the one that is asked for, as a Kubernetes quantity.
    package var size: String
    /// The claim's phase: `Bound`; that of the volume where the claim is gone: `Released`.
    package var phase: String
    /// The pods that have it mounted or wait for it, by name.
    package var pods: [String]
}

extension Applier {
    /// The claims of namespaces, and volumes there whose claims are gone, in order of name.
    ///
    /// - Throws: what asking the cluster throws.
    package func volumes(of namespaces: [String]) async throws -> [VolumeStatus] {
        let objects = try await client.objects(
            ["get", "persistentvolumes,persistentvolumeclaims,pods", "--all-namespaces"],
            for: "look at volumes")
        func all(_ kind: String) -> [Node] { objects.filter { $0["kind"]?.text == kind } }
        let volumes = all("PersistentVolume")
        let claims = all("PersistentVolumeClaim").map { VolumeStatus($0, volumes, all("Pod")) }
        let left = volumes.compactMap { volume -> VolumeStatus? in
            guard let of = volume[path: ["spec", "claimRef"]], let name = of["name"]?.text,
                let namespace = of["namespace"]?.text,
                !claims.contains(where: { $0.namespace == namespace && $0.claim == name })
            else { return nil }
            return VolumeStatus(of: name, in: namespace, volume)
        }
        return (claims + left).filter { namespaces.contains($0.namespace) }
            .sorted { ($0.namespace, $0.claim) < ($1.namespace, $1.claim) }
    }
}

extension VolumeStatus {
    /// Reads a volume whose claim is gone.
    init(of claim: String, in namespace: String, _ volume: Node) {
        self.init(
            namespace: namespace, claim: claim, volume: volume[path: ["metadata", "name"]]?.text,
            nodes: volume.volumeNodes.sorted(), folder: volume.volumeFolder, source: volume.volumeSource,
            size: volume[path: ["spec", "capacity", "storage"]]?.text ?? "",
            phase: volume[path: ["status", "phase"]]?.text ?? "", pods: [])
    }

    /// Reads a claim, with the volumes and the pods of the cluster.
    init(_ claim: Node, _ volumes: [Node], _ pods: [Node]) {
        let name = claim[path: ["metadata", "name"]]?.text ?? ""
        let namespace = claim[path: ["metadata", "namespace"]]?.text ?? ""
        let volume = claim[path: ["spec", "volumeName"]]?.text
        let found = volumes.first { volume != nil && $0[path: ["metadata", "name"]]?.text == volume }
        self.init(of: name, in: namespace, found ?? .mapping([:]))
        if found == nil {
            size = claim[path: ["spec", "resources", "requests", "storage"]]?.text ?? ""
        }
        phase = claim[path: ["status", "phase"]]?.text ?? "Pending"
        self.pods = pods.filter { pod in
            pod[path: ["metadata", "namespace"]]?.text == namespace
                && !["Succeeded", "Failed"].contains(pod[path: ["status", "phase"]]?.text ?? "")
                && (pod[path: ["spec", "volumes"]]?.items ?? []).contains {
                    $0["persistentVolumeClaim"]?["claimName"]?.text == name
                }
        }.compactMap { $0[path: ["metadata", "name"]]?.text }.sorted()
    }
}
