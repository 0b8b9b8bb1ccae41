internal import YAML

extension Upkeep {
    /// How the application is: its services and why one is not ready, its jobs, its queues.
    ///
    /// - Throws: what the cluster refuses.
    package func status() async throws -> ApplicationStatus {
        let live = try await workloads("deployments,statefulsets,daemonsets,jobs")
        let jobs = await jobs(among: live)
        let stuck = rendered.services.compactMap {
            service -> (object: ManifestObject, state: WorkloadState)? in
            guard let found = live.first(where: { $0.id == service.id }) else { return nil }
            let state = WorkloadState(found)
            return state == .ready ? nil : (found, state)
        }
        let reasons = await self.reasons(stuck)
        let services = rendered.services.map { service in
            Self.status(of: service, live.first { $0.id == service.id }, reasons["\(service.id)"])
        }
        let known = Set((rendered.services + rendered.jobs).map(\.id))
        return ApplicationStatus(
            services: services, jobs: jobs, queues: await queues(services),
            leftOver: live.map(\.id).filter { !known.contains($0) }.sorted())
    }

    /// The jobs, each with whether what it was to do is done.
    ///
    /// - Throws: what the cluster refuses.
    package func jobs() async throws -> [JobStatus] { await jobs(among: try await workloads("jobs")) }

    /// What of some kinds belongs to the application.
    func workloads(_ kinds: String) async throws -> [ManifestObject] {
        try await client.objects(
            [
                "get", kinds, "--namespace=\(rendered.namespace)",
                "--selector=\(Owner.label)=\(rendered.namespace)",
            ], for: "read what runs in \(rendered.namespace)"
        ).compactMap { ManifestObject($0) }
    }

    private func jobs(among live: [ManifestObject]) async -> [JobStatus] {
        let failed = rendered.jobs.compactMap { job -> (object: ManifestObject, state: WorkloadState)? in
            guard let found = live.first(where: { $0.id == job.id }) else { return nil }
            guard case .failed = WorkloadState(found) else { return nil }
            return (found, WorkloadState(found))
        }
        let reasons = await self.reasons(failed)
        return rendered.jobs.map { job in
            JobStatus(
                name: job.shortName, id: job.id, state: Self.state(of: job, among: live),
                reason: reasons["\(job.id)"])
        }
    }

    private func reasons(
        _ workloads: [(object: ManifestObject, state: WorkloadState)]
    ) async -> [String: StuckReason] {
        guard !workloads.isEmpty else { return [:] }
        let reasons = await StuckReasons(client: client, namespace: rendered.namespace).of(workloads)
        return Dictionary(reasons.map { ($0.workload, $0) }) { first, _ in first }
    }

    private static func state(of job: ManifestObject, among live: [ManifestObject]) -> JobStatus.State {
        guard let found = live.first(where: { $0.id == job.id }) else {
            return live.contains { $0.kind == "Job" && $0.shortName == job.shortName } ? .changed : .never
        }
        return switch WorkloadState(found) {
        case .ready: .done(at: found.node[path: ["status", "completionTime"]]?.text)
        case .waiting(let how): .running(how)
        case .failed(let why): .failed(why)
        }
    }

    private static func status(
        of service: ManifestObject, _ live: ManifestObject?, _ reason: StuckReason?
    ) -> ServiceStatus {
        var status = ServiceStatus(
            id: service.id, isReady: false, state: "it is not there", ready: 0, wanted: service.replicas,
            image: "", claims: service.claims, reason: reason)
        guard let live else { return status }
        let count = { (key: String) in Int(live.node[path: ["status", key]]?.text ?? "") ?? 0 }
        let isOnEach = live.kind == "DaemonSet"
        status.ready = count(isOnEach ? "numberReady" : "readyReplicas")
        status.wanted = isOnEach ? count("desiredNumberScheduled") : live.replicas
        status.image = live.image
        switch WorkloadState(live) {
        case .ready: (status.isReady, status.state) = (true, "ready")
        case .waiting(let how), .failed(let how): status.state = how
        }
        return status
    }

    /// How many tasks wait in each queue that a Celery worker takes from; nil where nobody can be asked.
    private func queues(_ services: [ServiceStatus]) async -> [(name: String, count: Int)]? {
        guard let broker = services.first(where: { $0.id.name == edition.queues && $0.isReady }) else {
            return nil
        }
        let option = "--queues="
        let words = rendered.services.flatMap(\.containers).flatMap {
            $0["args"]?.items?.compactMap(\.text) ?? []
        }
        let names = words.filter { $0.hasPrefix(option) }
            .flatMap { $0.dropFirst(option.count).split(separator: ",").map(String.init) }
        // One connection for all: redis-cli answers each line that it reads with one of its own.
        let answer = try? await client.run(
            [
                "exec", "--stdin", "--namespace=\(rendered.namespace)", "\(broker.id)", "--", "redis-cli",
            ], input: Array(names.map { "llen \($0)\n" }.joined().utf8), for: "ask for the queues")
        let counts = String(decoding: answer ?? [], as: UTF8.self).split(separator: "\n").map { Int($0) }
        guard !names.isEmpty, counts.count == names.count else { return nil }
        return zip(names, counts).compactMap { name, count in count.map { (name, $0) } }
    }
}
