internal import YAML

extension Applier {
    /// Applies volumes and waits until their claims would find them: a claim that the control plane hears of first is
    /// looked at again only after its resync period of 15 s (kube-controller-manager, --pvclaimbinder-sync-period).
    func offer(_ volumes: [ManifestObject]) async throws {
        guard !volumes.isEmpty else { return }
        _ = try await client.apply(volumes, dryRun: false)
        _ = try await poll(for: .seconds(15)) {
            try await client.present(volumes).allSatisfy {
                ["Available", "Bound"].contains($0.node[path: ["status", "phase"]]?.text ?? "")
            }
        }
    }

    /// Waits until claims have the volumes that they name; those that name none get theirs when a pod wants them.
    ///
    /// Kubernetes writes down from two sides that a volume is bound (syncVolume and syncUnboundClaim of its controller of
    /// volumes). Where both do so at once, the claim goes on only after the same resync period; a change of the claim
    /// makes it go on at once.
    ///
    /// - Returns: whether all are bound; else their pods will say what they wait for.
    @discardableResult
    func bind(_ claims: [ManifestObject]) async throws -> Bool {
        let named = claims.filter { $0.node[path: ["spec", "volumeName"]]?.text != nil }
        guard !named.isEmpty else { return true }
        var isFirstLook = true
        return try await poll(for: .seconds(30)) {
            let waiting = try await client.present(named).filter {
                $0.node[path: ["status", "phase"]]?.text != "Bound"
            }
            if !isFirstLook { try await nudge(waiting) }
            isFirstLook = false
            return waiting.isEmpty
        }
    }

    /// Changes objects and takes the change back.
    private func nudge(_ objects: [ManifestObject]) async throws {
        for object in objects {
            let place = object.namespace.map { ["--namespace=\($0)"] } ?? []
            for word in ["=again", "-"] {
                try await client.run(
                    ["annotate", "\(object.id)", "mooc-cluster/look\(word)", "--overwrite"] + place,
                    for: "have \(object.name) looked at again")
            }
        }
    }
}
