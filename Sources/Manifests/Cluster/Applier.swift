internal import Cryptography
internal import YAML

/// Brings a cluster to what was rendered, and says what it changes.
package struct Applier: Sendable {
    let client: ClusterClient
    let clock: any Clock<Duration>
    /// How often the cluster is asked while something is waited for.
    let interval: Duration

    /// Makes an applier.
    ///
    /// - Parameters:
    ///   - kubectl: how kubectl is run.
    ///   - clock: what waiting is measured with.
    ///   - interval: how often the cluster is asked while something is waited for.
    package init(
        kubectl: @escaping Kubectl, clock: any Clock<Duration> = ContinuousClock(),
        interval: Duration = .seconds(1)
    ) {
        client = ClusterClient(kubectl: patient(kubectl, clock))
        self.clock = clock
        self.interval = interval
    }

    /// The passwords and keys that the cluster's Secret of an edition holds; empty when there is none yet.
    ///
    /// - Throws: ``ManifestError/otherEdition(_:wanted:)`` when they are of another edition, whose data this one cannot
    ///   take over.
    package func existingSecrets(of edition: Edition, namespace: String) async throws -> SecretValues {
        let found = try await client.objects(
            ["get", "secret", edition.secretName, "--namespace=\(namespace)", "--ignore-not-found"],
            for: "read the passwords")
        if let other = found.first?[path: Edition.mark]?.text, !edition.takesOver(other) {
            throw ManifestError.otherEdition(other, wanted: edition.title)
        }
        var values: [String: String] = [:]
        for entry in found.first?["data"]?.entries ?? [] {
            values[entry.key] = entry.value.text.flatMap(Base64.decode)
        }
        return SecretValues(values)
    }

    /// What applying would change, and what images that brings; changes nothing.
    ///
    /// - Throws: ``ManifestError/foreign(_:)`` when an object of that name belongs to somebody else, and what the
    ///   cluster refuses.
    package func changes(of rendered: Rendered) async throws -> [Change] {
        let compared = try await comparison(with: rendered)
        return try await client.tellingImages(compared.changes, of: rendered.objects)
    }

    /// What a cluster has, and what is wanted of it.
    struct Comparison {
        /// What is to be applied, with volumes as large and autoscaled services as many as they are.
        let rendered: Rendered
        /// What that would change.
        let changes: [Change]
        /// What of it the cluster has.
        let live: [ObjectID: ManifestObject]
    }

    /// Compares what is wanted with what the cluster has; changes nothing.
    ///
    /// - Throws: as ``changes(of:)``.
    func comparison(with wanted: Rendered) async throws -> Comparison {
        let owned = try await client.owned(namespace: wanted.namespace, instance: wanted.namespace)
        var live = Dictionary(owned.map { ($0.id, $0) }) { first, _ in first }
        // Unasked, kubectl gives an object in the API version that the server likes best.
        let otherwise = wanted.objects.filter { object in
            live[object.id].map { $0.apiVersion != object.apiVersion } ?? false
        }
        for object in try await client.present(otherwise) { live[object.id] = object }
        let (rendered, sizes) = wanted.keepingReplicas(of: live).keepingSizes(of: live)
        let unknown = rendered.objects.filter { live[$0.id] == nil }
        let others = try await client.present(unknown)
        for object in others where object.kind == "Namespace" { live[object.id] = object }
        let foreign = others.filter { $0.kind != "Namespace" }
        guard foreign.isEmpty else { throw ManifestError.foreign(foreign.map { "\($0.id)" }.sorted()) }

        // Before its namespace is there, the server cannot try an object out, and all of them are new anyhow.
        let uncertain = rendered.objects.filter { object in
            live[object.id].map { !AppliedMark.isSurely($0, object) } ?? false
        }
        let tried = try await client.apply(uncertain, dryRun: true)
        let after = Dictionary(tried.map { ($0.id, $0) }) { first, _ in first }
        var changes = rendered.objects.compactMap { object -> Change? in
            guard let before = live[object.id] else { return Change(.create, object.id) }
            guard let after = after[object.id] else { return nil }
            let fields = FieldChange.between(before.node, after.node, hidden: object.kind == "Secret")
            return fields.isEmpty ? nil : Change(.update, object.id, fields: fields)
        }
        let ids = Set(rendered.objects.map(\.id))
        changes += owned.filter { !ids.contains($0.id) && !Self.holdsData($0) }.map { Change(.delete, $0.id) }
        changes += sizes.map { Change($0, in: rendered.namespace) }
        return Comparison(rendered: rendered, changes: changes, live: live)
    }

    /// Whether removing an object would take data or the only copy of passwords with it.
    static func holdsData(_ object: ManifestObject) -> Bool {
        switch object.kind {
        case "Namespace", "PersistentVolume", "PersistentVolumeClaim": true
        case "Secret":
            object.node[path: ["metadata", "labels", "app.kubernetes.io/part-of"]]?.text.map(
                Edition.secretName(of:)) == object.name
        default: false
        }
    }

    /// Asks again and again until a check holds or the time is over.
    ///
    /// - Returns: whether it held.
    func poll(for timeout: Duration, _ check: () async throws -> Bool) async throws -> Bool {
        try await Self.poll(clock, for: timeout, every: interval, check)
    }

    private static func poll<C: Clock<Duration>>(
        _ clock: C, for timeout: Duration, every interval: Duration, _ check: () async throws -> Bool
    ) async throws -> Bool {
        let deadline = clock.now.advanced(by: timeout)
        var failures = 0
        while true {
            do {
                if try await check() { return true }
                failures = 0
            } catch let error as ManifestError {
                // While a control plane is busy or restarts, single questions fail.
                failures += 1
                if failures == 5 { throw error }
            }
            guard clock.now < deadline else { return false }
            try await clock.sleep(for: interval)
        }
    }
}
