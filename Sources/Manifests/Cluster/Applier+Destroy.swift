internal import YAML

/// What destroying an application did, and which data it leaves.
package struct DestroyReport: Sendable {
    /// What was removed.
    package var removed: [ObjectID]
    /// What is left in the cluster: volumes, claims, passwords, the namespace that holds them.
    package var kept: [ObjectID]
    /// The folders whose data stays, on nodes or on the NFS server.
    package var folders: [VolumeFolder]
}

extension Applier {
    /// Removes an application.
    ///
    /// Folders of volumes are never touched. Volumes, claims and the Secret stay as well, so that applying again finds
    /// its data and the passwords that the databases were started with; unless they are asked for.
    ///
    /// - Parameters:
    ///   - rendered: the application as it would be applied.
    ///   - withData: also remove volumes, claims, passwords and the namespace; the folders' data can then only be read
    ///     with the passwords that somebody has kept elsewhere.
    ///   - onEvent: called for everything that happens.
    /// - Returns: what was removed and what stays.
    /// - Throws: what the cluster refuses.
    package func destroy(
        _ rendered: Rendered, withData: Bool = false, onEvent: @Sendable (ApplyEvent) -> Void
    ) async throws -> DestroyReport {
        let (owned, removed) = try await owned(rendered, withData: withData)
        try await remove(removed, onEvent: onEvent)
        let ids = Set(removed.map(\.id))
        return DestroyReport(
            removed: removed.map(\.id), kept: owned.map(\.id).filter { !ids.contains($0) },
            folders: rendered.folders)
    }

    /// What ``destroy(_:withData:onEvent:)`` would remove; changes nothing.
    ///
    /// - Throws: what the cluster refuses.
    package func doomed(_ rendered: Rendered, withData: Bool) async throws -> [Change] {
        try await owned(rendered, withData: withData).removed.map { Change(.delete, $0.id) }
    }

    private func owned(
        _ rendered: Rendered, withData: Bool
    ) async throws -> (all: [ManifestObject], removed: [ManifestObject]) {
        let all = try await client.owned(namespace: rendered.namespace, instance: rendered.namespace)
        return (all, all.filter { withData || !Self.holdsData($0) })
    }

    /// Removes objects and waits until they are gone.
    func remove(_ removed: [ManifestObject], onEvent: @Sendable (ApplyEvent) -> Void) async throws {
        // What runs goes first, the namespace last; a claim is only gone when no pod uses it.
        let order = ["Deployment", "StatefulSet", "DaemonSet", "Job"]
        let last = ["PersistentVolumeClaim", "PersistentVolume", "Namespace"]
        let rank = { (object: ManifestObject) -> Int in
            if order.contains(object.kind) { return 0 }
            return last.firstIndex(of: object.kind).map { $0 + 2 } ?? 1
        }
        for step in 0...last.count + 1 {
            let objects = removed.filter { rank($0) == step }
            guard !objects.isEmpty else { continue }
            try await client.run(
                ["delete", "-f", "-", "--ignore-not-found", "--timeout=600s"],
                input: ClusterClient.list(objects),
                for: "delete what is to go")
            for object in objects { onEvent(.changed(object.id, .delete)) }
        }
    }
}
