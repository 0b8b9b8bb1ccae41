internal import YAML

extension VolumeMove {
    /// What a move would do.
    package struct Plan: Sendable {
        /// What would be done with a claim.
        package enum Deed: Sendable, Hashable {
            /// Its folder is copied from where the volume is, which is bound anew then.
            case copy(VolumeStatus)
            /// An earlier move has copied it, and it is bound anew.
            case bind
            /// An earlier move has brought it here; the old folder on this node gets another name.
            case rename(on: String)
        }

        /// The claims that something is done with.
        package let deeds: [(claim: String, deed: Deed)]
        /// Who uses them, and is away meanwhile.
        package let stopped: [ObjectID]
    }

    /// What would be done; changes nothing.
    ///
    /// - Throws: ``VolumeMoveError`` for what cannot be moved, and what asking the cluster throws.
    package func plan() async throws -> Plan {
        let (open, users) = try await work()
        let deeds = open.map { step -> (String, Plan.Deed) in
            if step.isThere { return (step.claim, .rename(on: step.source ?? "")) }
            guard !step.isCopied, let status = step.status else { return (step.claim, .bind) }
            return (step.claim, .copy(status))
        }
        return Plan(deeds: deeds, stopped: open.allSatisfy(\.isThere) ? [] : users.map(\.id))
    }

    /// The claims that something is left to do with, and who uses them.
    ///
    /// - Throws: as ``steps()``, and ``VolumeMoveError/together(_:with:on:)``.
    func work() async throws -> (open: [Step], users: [ManifestObject]) {
        let open = try await steps().filter { !$0.isThere || $0.source != nil }
        guard !open.isEmpty else { return ([], []) }
        let users = rendered.waves.flatMap(\.objects).filter { workload in
            workload.kind != "Job" && workload.claims.contains(where: claims.contains)
        }
        try await checkUsers(users)
        return (open, users)
    }

    /// Where the claims are now.
    ///
    /// - Throws: ``VolumeMoveError`` for what cannot be moved.
    private func steps() async throws -> [Step] {
        let nodes = try await client.objects(["get", "nodes"], for: "look at nodes")
        guard nodes.contains(where: { $0[path: ["metadata", "name"]]?.text == target && $0.isReady }) else {
            throw VolumeMoveError.noNode(target)
        }
        let live = try await applier.volumes(of: [rendered.namespace])
        let record = try await client.objects(
            ["get", "configmap/\(Self.record)", "--ignore-not-found"] + place, for: "look for an earlier move"
        )
        return try claims.map { claim in
            let known = rendered.foundations.filter { $0.kind == "PersistentVolumeClaim" }
            guard let object = known.first(where: { $0.name == claim }) else {
                throw VolumeMoveError.unknown(claim, known: known.map(\.name).sorted())
            }
            guard
                let volume = rendered.foundations.first(where: {
                    $0.kind == "PersistentVolume" && $0.name == claim
                }), let folder = volume.node.volumeFolder
            else { throw VolumeMoveError.notLocal(claim) }
            guard volume.node.volumeNodes == [target] else {
                throw VolumeMoveError.inventory(claim, says: volume.node.volumeNodes.sorted().joined())
            }
            let status = live.first { $0.claim == claim && $0.volume != nil }
            let copied = record.first?["data"]?[claim]?.text
            if let status, status.nodes.count != 1 || status.folder != folder {
                throw VolumeMoveError.notLocal(claim)
            }
            let isThere = status?.nodes == [target] && status?.phase == "Bound"
            let source = status?.nodes.first.flatMap { $0 == target ? nil : $0 } ?? copied
            guard isThere || source != nil else { throw VolumeMoveError.noVolume(claim) }
            // Where the old volume is bound still, something may have written to it since.
            let isCopied = copied != nil && (status?.phase != "Bound" || isThere)
            return Step(
                claim: claim, volume: volume, object: object, folder: folder, status: status, source: source,
                isCopied: isCopied, isThere: isThere)
        }
    }

    /// A pod stands on one node, so all that it mounts must come along.
    private func checkUsers(_ users: [ManifestObject]) async throws {
        let live = try await applier.volumes(of: [rendered.namespace])
        for user in users {
            for claim in user.claims where !claims.contains(claim) {
                guard let node = live.first(where: { $0.claim == claim })?.nodes.first, node != target else {
                    continue
                }
                throw VolumeMoveError.together(user.id, with: claim, on: node)
            }
        }
    }
}
