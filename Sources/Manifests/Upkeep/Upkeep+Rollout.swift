internal import YAML

/// What stands after a service was rolled out anew.
package struct RolledOut: Sendable {
    /// The service.
    package var id: ObjectID
    /// Its pods, each with its node.
    package var pods: [(name: String, node: String)]
    /// What became of its pods' template.
    package var fields: [FieldChange]
}

extension Upkeep {
    /// Rolls services out again as they are, each when the one before is ready.
    ///
    /// - Returns: what stands now.
    /// - Throws: ``UpkeepError/absent(_:)``, or ``ManifestError/stuck(wave:reasons:)`` for one that does not come back.
    package func restart(
        _ services: [ManifestObject], onEvent: @Sendable (ApplyEvent) -> Void
    ) async throws -> [RolledOut] {
        let order = rendered.services.map(\.id).filter { id in services.contains { $0.id == id } }
        var done: [RolledOut] = []
        for service in try await live(rendered.services.filter { order.contains($0.id) }) {
            try await client.run(
                ["rollout", "restart", "\(service.id)"] + service.place, for: "restart \(service.name)")
            onEvent(.changed(service.id, .update))
            done.append(try await settled(service, "restart of \(service.name)", onEvent: onEvent))
        }
        return done
    }

    /// Gives a service so many pods, until it is applied again.
    ///
    /// - Returns: what stands now.
    /// - Throws: ``UpkeepError/notScalable(_:because:)``, ``UpkeepError/absent(_:)``, or
    ///   ``ManifestError/stuck(wave:reasons:)`` when the pods do not get ready.
    package func scale(
        _ service: ManifestObject, to count: Int, onEvent: @Sendable (ApplyEvent) -> Void
    ) async throws -> RolledOut {
        if let why = edition.scalingRefusal(service, in: rendered) {
            throw UpkeepError.notScalable(service.name, because: why)
        }
        _ = try await live([service])
        try await client.run(
            ["scale", "\(service.id)", "--replicas=\(count)"] + service.place, for: "scale \(service.name)")
        onEvent(.changed(service.id, .update))
        return try await settled(service, "scaling of \(service.name)", onEvent: onEvent)
    }

    /// Waits until a service is ready at its newest, and says what stands then.
    func settled(
        _ service: ManifestObject, _ name: String, onEvent: @Sendable (ApplyEvent) -> Void
    ) async throws -> RolledOut {
        try await wait(for: service, name, onEvent: onEvent)
        let pods = try await pods(of: service).filter(\.isReady)
        return RolledOut(id: service.id, pods: pods.map { ($0.name, $0.node) }, fields: [])
    }
}
