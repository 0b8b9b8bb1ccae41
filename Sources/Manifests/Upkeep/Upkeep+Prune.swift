/// What belongs to an application in its cluster and is no longer rendered.
package struct LeftOver: Sendable {
    /// What can go without a loss.
    package var loose: [ObjectID]
    /// Claims, volumes and secrets: what they hold is nowhere else.
    package var holding: [ObjectID]
}

extension Upkeep {
    /// What carries the label of this application and is no longer rendered.
    ///
    /// - Throws: what the cluster refuses.
    package func leftOver() async throws -> LeftOver {
        let objects = try await unrendered()
        return LeftOver(
            loose: objects.filter { !Self.holds($0) }.map(\.id).sorted(),
            holding: objects.filter(Self.holds).map(\.id).sorted())
    }

    /// Removes some of it; what else has come to be left over since it was looked at stays.
    ///
    /// - Returns: what was removed.
    /// - Throws: what the cluster refuses.
    package func prune(
        only ids: [ObjectID], onEvent: @Sendable (ApplyEvent) -> Void
    ) async throws -> [ObjectID] {
        let objects = try await unrendered().filter { ids.contains($0.id) }
        try await applier.remove(objects, onEvent: onEvent)
        return objects.map(\.id).sorted()
    }

    private func unrendered() async throws -> [ManifestObject] {
        let ids = Set(rendered.objects.map(\.id))
        return try await client.owned(namespace: rendered.namespace, instance: rendered.namespace)
            .filter { !ids.contains($0.id) }
    }

    private static func holds(_ object: ManifestObject) -> Bool {
        object.kind == "Secret" || Applier.holdsData(object)
    }
}
