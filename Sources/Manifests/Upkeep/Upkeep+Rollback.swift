internal import YAML

extension Upkeep {
    /// Takes a service's pods back to an earlier template; settings and data stay as they are.
    ///
    /// `kubectl rollout undo` would leave fields behind that belong to kubectl, which no later apply takes away.
    ///
    /// - Parameters:
    ///   - service: the service.
    ///   - number: which revision, as the cluster counts them; nil means the last one with another template.
    ///   - onEvent: called for everything that happens.
    /// - Returns: what stands now, and what came back.
    /// - Throws: ``UpkeepError/absent(_:)``, ``UpkeepError/noRevision(_:known:)``, or
    ///   ``ManifestError/stuck(wave:reasons:)`` when it does not get ready.
    package func rollBack(
        _ service: ManifestObject, to number: Int?, onEvent: @Sendable (ApplyEvent) -> Void
    ) async throws -> RolledOut {
        let path = ["spec", "template"]
        let (before, present, wanted) = try await revision(number, of: service)
        var object = service
        object.node[path: path] = wanted.template
        object.node[path: ["spec", "replicas"]] = before.node[path: ["spec", "replicas"]]
        _ = try await client.apply([object], dryRun: false)
        // What somebody else has put into the template is not ours to drop by applying.
        let applied = try await live(service).node[path: path] ?? [:]
        if !FieldChange.between(wanted.template, Revision.bare(applied)).isEmpty {
            let patch: Node = [["op": "replace", "path": "/spec/template", "value": wanted.template]]
            try await client.run(
                ["patch", "\(service.id)", "--type=json", "--patch=\(patch.json())"] + service.place,
                for: "roll \(service.name) back")
        }
        onEvent(.changed(service.id, .update))
        var result = try await settled(service, "rollback of \(service.name)", onEvent: onEvent)
        let after = try await live(service).node[path: path] ?? [:]
        result.fields = FieldChange.between(present, Revision.bare(after))
        return result
    }

    /// The revision that a service goes back to.
    ///
    /// - Parameters:
    ///   - number: its number; nil means the last one with another template.
    ///   - service: the service.
    /// - Returns: the service as it is, its template, and the revision.
    /// - Throws: ``UpkeepError/absent(_:)``, ``UpkeepError/noRevision(_:known:)``, and what the cluster refuses.
    func revision(
        _ number: Int?, of service: ManifestObject
    ) async throws -> (before: ManifestObject, present: Node, wanted: Revision) {
        let before = try await live(service)
        let present = Revision.bare(before.node[path: ["spec", "template"]] ?? [:])
        let revisions = try await revisions(of: service)
        let wanted = revisions.last { revision in
            number.map { $0 == revision.number }
                ?? !FieldChange.between(present, revision.template).isEmpty
        }
        guard let wanted else {
            throw UpkeepError.noRevision(service.name, known: revisions.map(\.number))
        }
        return (before, present, wanted)
    }

    /// The templates that the cluster keeps of a service's pods, the oldest first.
    private func revisions(of service: ManifestObject) async throws -> [Revision] {
        let kind = service.kind == "Deployment" ? "replicasets" : "controllerrevisions"
        return try await client.objects(
            ["get", kind, service.selector] + service.place, for: "read the revisions of \(service.name)"
        ).compactMap { Revision($0, of: service) }.sorted { $0.number < $1.number }
    }

    private func live(_ service: ManifestObject) async throws -> ManifestObject {
        guard let live = try await live([service]).first else { throw UpkeepError.absent(service.id) }
        return live
    }
}
