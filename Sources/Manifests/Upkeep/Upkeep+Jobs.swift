extension Upkeep {
    /// Runs jobs again, in the order in which applying runs them, and waits for each.
    ///
    /// What a job has done stays; it is made so that doing it again loses nothing.
    ///
    /// - Throws: ``UpkeepError/running(_:)`` for one that runs already, before anything is changed, and
    ///   ``ManifestError/stuck(wave:reasons:)`` for one that fails.
    package func run(_ jobs: [ManifestObject], onEvent: @Sendable (ApplyEvent) -> Void) async throws {
        let names = Set(jobs.map(\.shortName))
        let present = try await workloads("jobs").filter { names.contains($0.shortName) }
        for job in present {
            // One of an earlier form of it would work on the same data at the same time.
            if case .waiting = WorkloadState(job) { throw UpkeepError.running(job.shortName) }
        }
        for job in rendered.jobs where names.contains(job.shortName) {
            try await applier.delete(job.id)
            _ = try await client.apply([job], dryRun: false)
            onEvent(.changed(job.id, .create))
            try await wait(for: job, "job \(job.shortName)", onEvent: onEvent)
        }
    }
}
