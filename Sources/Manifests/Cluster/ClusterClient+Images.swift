internal import YAML

extension ClusterClient {
    /// Tells of changes what images they bring from outside.
    ///
    /// - Parameters:
    ///   - changes: what would be done.
    ///   - objects: what they come to; those that run nothing bring no image.
    /// - Returns: the changes, with ``Change/fetches`` where no node has an image yet.
    /// - Throws: what reading the nodes throws.
    func tellingImages(_ changes: [Change], of objects: [ManifestObject]) async throws -> [Change] {
        let brought = Dictionary(objects.map { ($0.id, $0.images) }) { first, _ in first }
        guard changes.contains(where: { $0.isBringing && brought[$0.id]?.isEmpty == false }) else {
            return changes
        }
        var known = try await imagesOnNodes()
        return changes.map { change in
            guard change.isBringing else { return change }
            var change = change
            change.fetches = (brought[change.id] ?? []).filter { known.insert(ImageName($0)).inserted }
            return change
        }
    }

    /// The images that some node has.
    ///
    /// A kubelet names the fifty largest of its own
    /// (https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/, `nodeStatusMaxImages`).
    private func imagesOnNodes() async throws -> Set<ImageName> {
        let nodes = try await objects(["get", "nodes"], for: "read which images nodes have")
        let images = nodes.flatMap { $0[path: ["status", "images"]]?.items ?? [] }
        return Set(images.flatMap { $0["names"]?.items ?? [] }.compactMap { $0.text.map(ImageName.init) })
    }
}

extension Change {
    /// Whether what it comes to is in the cluster afterwards.
    fileprivate var isBringing: Bool { kind == .create || kind == .update }
}
