internal import YAML

extension Proof {
    /// A claim that one pod writes and another reads.
    func claim(_ objects: ProofObjects, nonce: String) async throws -> [ProofCheck] {
        let text = "written-\(nonce)"
        // The scheduler, which has found a claim unbound, looks at its pod again only some seconds later.
        let claim = [objects.claim].compactMap { ManifestObject($0) }
        _ = try await client.apply(claim, dryRun: false)
        try await applier.bind(claim)
        try await create([objects.writing(text)])
        if let failure = try await ended("proof-writes").failure {
            return [ProofCheck(.claim, "proof", failure: "could not be written: \(failure)")]
        }
        try await client.run(
            ["delete", "pod/proof-writes", "--namespace=\(Proof.namespace)", "--ignore-not-found"],
            for: "end the pod that wrote")
        try await create([objects.reading])
        let (log, failure) = try await ended("proof-reads")
        if let failure { return [ProofCheck(.claim, "proof", failure: "could not be read: \(failure)")] }
        let same = log.contains(text)
        return [
            ProofCheck(.claim, "proof", failure: same ? nil : "read '\(log)' where '\(text)' was written")
        ]
    }

    private func ended(_ name: String) async throws -> (log: String, failure: String?) {
        let place = "--namespace=\(Proof.namespace)"
        var pod: Node?
        _ = try await applier.poll(for: .seconds(timeout)) {
            pod = try await client.objects(["get", "pod/\(name)", place], for: "look at \(name)").first
            return ["Succeeded", "Failed"].contains(pod?[path: ["status", "phase"]]?.text ?? "")
        }
        let phase = pod?[path: ["status", "phase"]]?.text
        guard phase == "Succeeded" || phase == "Failed" else { return ("", Self.words(pod)) }
        let log = String(
            decoding: try await client.run(["logs", name, place], for: "read \(name)"), as: UTF8.self)
        return (log, phase == "Succeeded" ? nil : log)
    }
}
