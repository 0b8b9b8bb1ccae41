internal import Inventory
internal import YAML

extension Renderer {
    /// What is merged into every PersistentVolume; nil where there are none, because a StorageClass makes them.
    var volumeTemplate: Node? {
        switch part.storage {
        case .local: edition.localVolume
        case .nfs: edition.nfsVolume
        case .storageClass: nil
        }
    }

    /// Lets the StorageClass make the volume of a claim, where one does.
    func leaveToClass(_ claim: inout ManifestObject, _ values: ManifestValues) {
        let name = values.volumes.first { $0.claim.name == claim.name }?.storageClass
        guard let name, var specification = claim.node["spec"] else { return }
        specification["volumeName"] = nil
        specification["storageClassName"] = .string(name)
        claim.node["spec"] = specification
    }

    /// Says where a volume lies.
    func place(_ volume: inout ManifestObject, _ values: ManifestValues, _ diagnostics: Diagnostics) {
        guard let place = values.volumes.first(where: { $0.claim.name == volume.name }) else {
            diagnostics.error(
                "volume '\(volume.name)' is not among the claims of edition.yml", at: volume.node.mark)
            return
        }
        guard let template = volumeTemplate else { return }
        let tree = values.tree(for: place, storage: part.storage)
        let filled = placeholders(tree, diagnostics).filled(template)
        volume.node = volume.node.merged(with: filled)
    }

    /// A pod stands on one node, so its volumes must.
    func checkPlaces(
        _ objects: [ManifestObject], _ values: ManifestValues, _ diagnostics: Diagnostics
    ) {
        for object in objects where object.isWorkload {
            let places = values.volumes.filter { object.claims.contains($0.claim.name) && $0.node != nil }
            guard let first = places.first, let other = places.first(where: { $0.node != first.node }) else {
                continue
            }
            diagnostics.error(
                "\(object.name) mounts the volumes '\(first.claim.name)' on \(first.node ?? "") and '\(other.claim.name)' on"
                    + " \(other.node ?? ""), and a pod stands on one node",
                at: part.mark, cure: "put both on one node with 'volumeNodes'")
        }
    }
}
