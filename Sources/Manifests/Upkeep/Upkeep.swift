/// What is done to an application that is in a cluster already: it is looked at, restarted, rolled back, scaled.
package struct Upkeep: Sendable {
    /// The application as it would be applied; its secrets may be hidden.
    let rendered: Rendered
    /// Its edition, as the inventory chooses it.
    let edition: Edition
    /// What waits for workloads.
    let applier: Applier
    /// The cluster.
    var client: ClusterClient { applier.client }

    /// Prepares; nothing is asked yet.
    package init(_ rendered: Rendered, of edition: Edition, with applier: Applier) {
        self.rendered = rendered
        self.edition = edition
        self.applier = applier
    }

    /// The services as they are in the cluster.
    ///
    /// - Throws: ``UpkeepError/absent(_:)`` for one that is not there.
    func live(_ services: [ManifestObject]) async throws -> [ManifestObject] {
        let found = try await client.present(services)
        return try services.map { service in
            guard let live = found.first(where: { $0.id == service.id }) else {
                throw UpkeepError.absent(service.id)
            }
            return live
        }
    }

    /// Waits until a workload is ready at its newest, as long as its wave may take.
    ///
    /// - Throws: ``ManifestError/stuck(wave:reasons:)`` when it does not get ready.
    func wait(
        for object: ManifestObject, _ name: String, onEvent: @Sendable (ApplyEvent) -> Void
    ) async throws {
        let timeout = rendered.waves.first { $0.objects.contains { $0.id == object.id } }?.timeout ?? 600
        try await applier.wait(
            for: Rendered.Wave(name: name, timeout: timeout, objects: [object]), onEvent: onEvent)
    }
}
