internal import YAML

extension Upkeep {
    /// What ``restart(_:onEvent:)`` would roll out; changes nothing.
    ///
    /// - Throws: ``UpkeepError/absent(_:)``, and what the cluster refuses.
    package func plan(restartOf services: [ManifestObject]) async throws -> [Change] {
        try await live(services).map { Change(.update, $0.id) }
    }

    /// What ``scale(_:to:onEvent:)`` would change; changes nothing.
    ///
    /// - Throws: ``UpkeepError/absent(_:)``, and what the cluster refuses.
    package func plan(scalingOf service: ManifestObject, to count: Int) async throws -> [Change] {
        let path = ["spec", "replicas"]
        return try await live([service]).compactMap { live in
            var wanted = live
            wanted.node[path: path] = .int(count)
            let fields = FieldChange.between(live.node, wanted.node)
            return fields.isEmpty ? nil : Change(.update, live.id, fields: fields)
        }
    }

    /// What ``rollBack(_:to:onEvent:)`` would bring back; changes nothing.
    ///
    /// - Throws: ``UpkeepError/absent(_:)``, ``UpkeepError/noRevision(_:known:)``, and what the cluster refuses.
    package func plan(rollbackOf service: ManifestObject, to number: Int?) async throws -> [Change] {
        let (before, present, wanted) = try await revision(number, of: service)
        let fields = FieldChange.between(present, wanted.template)
        guard !fields.isEmpty else { return [] }
        var after = before
        after.node[path: ["spec", "template"]] = wanted.template
        return try await client.tellingImages(
            [Change(.update, service.id, fields: fields)], of: [after])
    }
}
