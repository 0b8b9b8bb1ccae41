internal import YAML

/// What happens while an application is applied, for whoever watches.
package enum ApplyEvent: Sendable, Hashable {
    /// A wave begins: its name, which of how many.
    case wave(String, Int, of: Int)
    /// An object was created, updated or deleted.
    case changed(ObjectID, Change.Kind)
    /// A workload is ready.
    case ready(ObjectID)
    /// Workloads that are waited for, each with how far it is.
    case waiting([String])
}

/// What applying did.
package struct ApplyReport: Sendable {
    /// What was changed, in order; empty when everything was right already.
    package var changes: [Change]
    /// How many objects there are.
    package var objects: Int
}

extension Applier {
    /// Applies everything wave by wave and waits for each.
    ///
    /// - Parameters:
    ///   - wanted: what to apply, with its passwords.
    ///   - rerunJobs: do the Jobs again that were done already.
    ///   - onEvent: called for everything that happens.
    /// - Returns: what was changed.
    /// - Throws: ``ManifestError/otherSizes(_:)`` before anything is applied, ``ManifestError/stuck(wave:reasons:)`` when
    ///   something does not get ready, and what ``changes(of:)`` throws.
    package func apply(
        _ wanted: Rendered, rerunJobs: Bool = false, onEvent: @Sendable (ApplyEvent) -> Void
    ) async throws -> ApplyReport {
        try await checkClasses(of: wanted)
        try await checkAutoscalers(of: wanted)
        let compared = try await comparison(with: wanted)
        let rendered = compared.rendered
        let sizes = compared.changes.compactMap(\.size)
        guard sizes.isEmpty else { throw ManifestError.otherSizes(sizes) }
        var changes = compared.changes
        let secret = ObjectID(
            kind: "Secret", namespace: rendered.namespace, name: Edition.secretName(of: rendered.application))
        let rotated = changes.contains { $0.id == secret && $0.kind == .update }
        changes += try await removeJobs(of: compared, all: rerunJobs || rotated)
        let kinds = Dictionary(changes.map { ($0.id, $0.kind) }) { _, last in last }

        // Two that scale the same would pull at it, and KEDA takes nothing that another one scales.
        let scalers = changes.filter { $0.kind == .delete && Autoscale.kinds.contains($0.id.kind) }.map(\.id)
        for id in scalers {
            try await delete(id)
            onEvent(.changed(id, .delete))
        }
        try await releaseVolumes(of: compared)
        // What was ready when it was looked at is ready until the first change, or until something is waited for.
        var isSettled = scalers.isEmpty && !rotated
        let waves =
            [Rendered.Wave(name: "foundations", timeout: 120, objects: rendered.foundations)] + rendered.waves
        for (index, wave) in waves.enumerated() {
            onEvent(.wave(wave.name, index + 1, of: waves.count))
            let differing = wave.objects.filter { kinds[$0.id] != nil }
            let workloads = wave.objects.filter(\.isWorkload)
            isSettled =
                isSettled && differing.isEmpty
                && workloads.allSatisfy { compared.live[$0.id].map(WorkloadState.init) == .ready }
            guard !isSettled else {
                for workload in workloads { onEvent(.ready(workload.id)) }
                continue
            }
            let volumes = differing.filter { $0.kind == "PersistentVolume" }
            try await offer(volumes)
            _ = try await client.apply(differing.filter { $0.kind != "PersistentVolume" }, dryRun: false)
            try await bind(differing.filter { $0.kind == "PersistentVolumeClaim" })
            for object in differing { onEvent(.changed(object.id, kinds[object.id] ?? .update)) }
            if rotated {
                try await restart(wave.objects.filter { $0.kind == "Deployment" && kinds[$0.id] == nil })
            }
            try await wait(for: wave, onEvent: onEvent)
        }
        let leftOver = changes.filter { $0.kind == .delete && !scalers.contains($0.id) }
        for change in leftOver where kinds[change.id] == .delete {
            try await delete(change.id)
            onEvent(.changed(change.id, .delete))
        }
        return ApplyReport(changes: changes, objects: rendered.objects.count)
    }

    /// A claim of a class that is not there would wait for ever.
    private func checkClasses(of rendered: Rendered) async throws {
        let claims = rendered.objects.filter { $0.kind == "PersistentVolumeClaim" }
        let names = Set(claims.compactMap { $0.node[path: ["spec", "storageClassName"]]?.text }).subtracting([
            ""
        ])
        guard !names.isEmpty else { return }
        let known = try await client.objects(["get", "storageclasses"], for: "look for StorageClasses")
            .compactMap { $0[path: ["metadata", "name"]]?.text }
        let missing = names.subtracting(known).sorted()
        if !missing.isEmpty { throw ManifestError.noStorageClass(missing, known: known.sorted()) }
    }

    /// An autoscaler of which nobody takes note, or that has nothing to measure by, would scale nothing.
    private func checkAutoscalers(of rendered: Rendered) async throws {
        let kinds = Set(rendered.foundations.map(\.kind))
        for (kind, need) in [
            ("HorizontalPodAutoscaler", "apiservice/v1beta1.metrics.k8s.io"),
            ("ScaledObject", ClusterClient.scaledObjects),
        ] where kinds.contains(kind) {
            let found = try await client.objects(
                ["get", need, "--ignore-not-found"], for: "look for what autoscalers need")
            if found.isEmpty { throw ManifestError.noAutoscaler(kind) }
        }
    }

    /// Takes away Jobs that failed, or all that are to be done again, so that they can be made anew.
    private func removeJobs(of compared: Comparison, all: Bool) async throws -> [Change] {
        let jobs = compared.rendered.objects.filter { $0.kind == "Job" }
        var again: [Change] = []
        for job in jobs.compactMap({ compared.live[$0.id] }) {
            if case .failed = WorkloadState(job) {} else if !all { continue }
            try await delete(job.id)
            again.append(Change(.create, job.id))
        }
        return again
    }

    /// Lets a volume whose claim was deleted be claimed again by its own name; the data stays as it is.
    private func releaseVolumes(of compared: Comparison) async throws {
        let volumes = compared.rendered.foundations.filter { $0.kind == "PersistentVolume" }
        for volume in volumes.compactMap({ compared.live[$0.id] })
        where volume.node[path: ["status", "phase"]]?.text == "Released" {
            let patch = #"{"spec":{"claimRef":{"uid":null,"resourceVersion":null}}}"#
            try await client.run(
                ["patch", "persistentvolume", volume.name, "--type=merge", "--patch=\(patch)"],
                for: "free the volume \(volume.name)")
        }
    }

    private func restart(_ deployments: [ManifestObject]) async throws {
        for deployment in deployments {
            try await client.run(
                [
                    "rollout", "restart", "\(deployment.id)",
                    "--namespace=\(deployment.namespace ?? "default")",
                ],
                for: "restart \(deployment.name) with its new passwords")
        }
    }

    /// Deletes an object and waits until it is gone.
    func delete(_ id: ObjectID) async throws {
        let place = id.namespace.map { ["--namespace=\($0)"] } ?? []
        try await client.run(
            ["delete", "\(id)", "--ignore-not-found", "--timeout=300s"] + place, for: "delete \(id)")
    }

    /// Waits until everything of a wave is ready.
    ///
    /// - Parameters:
    ///   - wave: what is waited for.
    ///   - onEvent: called for everything that happens.
    /// - Throws: ``ManifestError/stuck(wave:reasons:)`` when its time is over, or when something has failed.
    func wait(for wave: Rendered.Wave, onEvent: @Sendable (ApplyEvent) -> Void) async throws {
        var waiting = wave.objects.filter(\.isWorkload).map {
            (object: $0, state: WorkloadState.waiting(""))
        }
        guard let namespace = waiting.first?.object.namespace else { return }
        let done = try await poll(for: .seconds(wave.timeout)) {
            let names = waiting.map { "\($0.object.id)" }
            let live = try await client.objects(
                ["get"] + names + ["--namespace=\(namespace)"], for: "see how far \(wave.name) are")
            waiting = live.compactMap { ManifestObject($0) }.map { (object: $0, state: WorkloadState($0)) }
            for (object, state) in waiting where state == .ready { onEvent(.ready(object.id)) }
            waiting.removeAll { $0.state == .ready }
            let failed = waiting.contains { if case .failed = $0.state { true } else { false } }
            if waiting.isEmpty || failed { return true }
            onEvent(.waiting(waiting.map { "\($0.object.name): \(Self.words($0.state))" }))
            return false
        }
        guard !done || !waiting.isEmpty else { return }
        let reasons = await StuckReasons(client: client, namespace: namespace).of(waiting)
        throw ManifestError.stuck(wave: wave.name, reasons: reasons)
    }

    private static func words(_ state: WorkloadState) -> String {
        switch state {
        case .ready: "ready"
        case .waiting(let text), .failed(let text): text
        }
    }
}
