extension Upkeep {
    /// Runs jobs again, in the order in which applying runs them, and waits for each.
    ///
    /// What a job has done stays; it is made so that doing it again loses nothing.
    ///
    /// - Throws: ``UpkeepError/running(_:)`` for one that runs already, before anything is changed, and
    ///   ``ManifestError/stuck(wave:reasons:)`` for one that fails.
    package func run(_ jobs: [ManifestObject], onEvent: @Sendable (ApplyEvent) -> Void) async throws {
        _ = try await idle(jobs)
        let names = Set(jobs.map(\.shortName))
        for job in rendered.jobs where names.contains(job.shortName) {
            try await applier.delete(job.id)
            _ = try await client.apply([job], dryRun: false)
            onEvent(.changed(job.id, .create))
            try await wait(for: job, "job \(job.shortName)", onEvent: onEvent)
        }
    }

    /// What ``run(_:onEvent:)`` would delete and make anew; changes nothing.
    ///
    /// - Throws: as ``run(_:onEvent:)`` before anything is changed.
    package func plan(runOf jobs: [ManifestObject]) async throws -> [Change] {
        let present = try await idle(jobs)
        let names = Set(jobs.map(\.shortName))
        let wanted = rendered.jobs.filter { names.contains($0.shortName) }
        let changes = wanted.flatMap { job in
            let old = present.contains { $0.id == job.id } ? [Change(.delete, job.id)] : []
            return old + [Change(.create, job.id)]
        }
        return try await client.tellingImages(changes, of: wanted)
    }

    /// Those of some jobs that the cluster has, in whichever form.
    ///
    /// - Throws: ``UpkeepError/running(_:)`` for one that runs.
    private func idle(_ jobs: [ManifestObject]) async throws -> [ManifestObject] {
        let names = Set(jobs.map(\.shortName))
        let present = try await workloads("jobs").filter { names.contains($0.shortName) }
        for job in present {
            // One of an earlier form of it would work on the same data at the same time.
            if case .waiting = WorkloadState(job) { throw UpkeepError.running(job.shortName) }
        }
        return present
    }
}
