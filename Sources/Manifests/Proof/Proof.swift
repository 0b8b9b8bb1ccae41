internal import YAML

/// Tries out what a cluster is for, from inside of it: names, the way between nodes, Services, volumes, health.
package struct Proof: Sendable {
    /// The image of its pods where the inventory names no other.
    package static let image = "docker.io/library/busybox:1.36.1"
    /// The namespace that what it puts into the cluster is in, all but the volume.
    package static let namespace = "mooc-cluster-proof"

    /// The nodes that a proof is about.
    package enum Nodes: Sendable, Hashable {
        /// All that the cluster knows.
        case known
        /// Those that must be Ready, and others that take part where they are.
        case named([String], besides: [String])
    }

    let client: ClusterClient
    let applier: Applier
    let image: String
    let volume: ProofVolume
    let timeout: Int

    /// Makes a proof.
    ///
    /// - Parameters:
    ///   - kubectl: how kubectl is run.
    ///   - clock: what waiting is measured with.
    ///   - image: the image of its pods, with `busybox` inside.
    ///   - volume: where it may write.
    ///   - timeout: seconds until its pods must run.
    package init(
        kubectl: @escaping Kubectl, clock: any Clock<Duration> = ContinuousClock(),
        image: String = Proof.image, volume: ProofVolume, timeout: Int = 180
    ) {
        client = ClusterClient(kubectl: patient(kubectl, clock))
        applier = Applier(kubectl: kubectl, clock: clock)
        self.image = image
        self.volume = volume
        self.timeout = timeout
    }

    /// Tries everything, and takes away what it has put into the cluster.
    ///
    /// - Parameters:
    ///   - rendered: the applications whose workloads must be rolled out and healthy; none proves the cluster alone.
    ///   - nodes: the nodes that it is about.
    ///   - nonce: letters and digits that are written to the claim, other ones each time.
    ///   - onCheck: called for each outcome as it is known.
    /// - Returns: the outcome of everything that was tried.
    /// - Throws: what kubectl throws when the cluster cannot be asked at all.
    package func run(
        of rendered: [Rendered], nodes: Nodes, nonce: String, onCheck: @Sendable (ProofCheck) -> Void
    ) async throws -> ProofReport {
        var (checks, ready) = try await nodesAreReady(nodes)
        checks.forEach(onCheck)
        let objects = ProofObjects(image: image, nodes: ready, volume: volume.among(ready))
        func note(_ more: [ProofCheck]) {
            more.forEach(onCheck)
            checks += more
        }
        do {
            try await remove(waits: true)
            if !ready.isEmpty {
                try await create(objects.cluster)
                async let claim = claim(objects, nonce: nonce)
                note(try await network(objects))
                note(try await claim)
            }
            for application in rendered {
                let place = rendered.count > 1 ? "\(application.namespace)/" : ""
                note(try await self.checks(of: application, calling: place, from: ready.first))
            }
        } catch {
            try? await remove(waits: false)
            throw error
        }
        // The next proof waits until this is gone; nobody else has to.
        try await remove(waits: false)
        return ProofReport(checks: checks)
    }

    private func remove(waits: Bool) async throws {
        try await client.run(
            [
                "delete", "namespace/\(Proof.namespace)", "persistentvolume/\(Proof.namespace)",
                "--ignore-not-found", "--timeout=120s", "--wait=\(waits)",
            ], for: "take the proof's objects away")
    }

    /// Puts objects of the proof into the cluster.
    func create(_ objects: [Node]) async throws {
        _ = try await client.apply(objects.compactMap { ManifestObject($0) }, dryRun: false)
    }

    /// Why a pod does not run, in a few words.
    static func words(_ pod: Node?) -> String {
        guard let pod else { return "its pod is not there" }
        for status in pod[path: ["status", "containerStatuses"]]?.items ?? [] {
            if let waiting = status[path: ["state", "waiting"]] {
                return "\(waiting["reason"]?.text ?? "waits"): \(waiting["message"]?.text ?? "")"
            }
        }
        for condition in pod[path: ["status", "conditions"]]?.items ?? []
        where condition["status"]?.text == "False" {
            if let message = condition["message"]?.text { return message }
        }
        return "its pod is \(pod[path: ["status", "phase"]]?.text ?? "unknown")"
    }
}
