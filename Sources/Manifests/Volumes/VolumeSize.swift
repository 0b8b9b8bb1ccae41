internal import YAML

/// A claim whose volume has another size in the cluster than the one that is wanted: only a resize changes that.
package struct VolumeSize: Sendable, Hashable {
    /// The claim.
    package var claim: String
    /// The size that it has, as a Kubernetes quantity.
    package var has: String
    /// The size that is wanted.
    package var wanted: String

    /// Makes one.
    package init(claim: String, has: String, wanted: String) {
        self.claim = claim
        self.has = has
        self.wanted = wanted
    }

    /// Whether the wanted one is larger.
    package var grows: Bool { mebibytes(has) < mebibytes(wanted) }

    /// Whether the two are the same, however they are written.
    package var isRight: Bool { mebibytes(has) == mebibytes(wanted) }

    /// As exactly as sizes are asked for.
    private func mebibytes(_ size: String) -> Int { Quantity.mebibytes(size) ?? 0 }

    /// Where a claim says what it asks for.
    static let request = ["spec", "resources", "requests", "storage"]
    /// Where a volume says what it has.
    static let capacity = ["spec", "capacity", "storage"]
}

extension Rendered {
    /// The same with volumes as large as the cluster has them, and which of them are not as they were rendered.
    ///
    /// Of a claim that is bound to a volume made by hand the API server lets nobody change the request (its admission
    /// plugin PersistentVolumeClaimResize), so that stays what it was when the claim was made; what such a volume
    /// itself says is its size. The request of a claim of a StorageClass can grow, which is ``VolumeResize``'s to do.
    ///
    /// - Parameter live: what the cluster has, by what it is.
    /// - Returns: what can be applied, and the sizes that applying does not change.
    func keepingSizes(of live: [ObjectID: ManifestObject]) -> (rendered: Rendered, others: [VolumeSize]) {
        var kept = self
        var others: [VolumeSize] = []
        for index in foundations.indices where foundations[index].kind == "PersistentVolumeClaim" {
            let claim = foundations[index]
            guard let request = live[claim.id]?.node[path: VolumeSize.request] else { continue }
            kept.foundations[index].node[path: VolumeSize.request] = request
            var (path, holder) = (VolumeSize.request, index)
            if let name = claim.node[path: ["spec", "volumeName"]]?.text {
                guard
                    let volume = foundations.firstIndex(where: {
                        $0.kind == "PersistentVolume" && $0.name == name
                    })
                else { continue }
                (path, holder) = (VolumeSize.capacity, volume)
            }
            let wanted = foundations[holder]
            guard let has = live[wanted.id]?.node[path: path] else { continue }
            let size = VolumeSize(
                claim: claim.name, has: has.text ?? "", wanted: wanted.node[path: path]?.text ?? "")
            kept.foundations[holder].node[path: path] = has
            if !size.isRight { others.append(size) }
        }
        return (kept, others)
    }
}
