internal import YAML

extension Upkeep {
    /// kubectl's arguments for a program in a pod of a service: one that is ready, else one that runs.
    ///
    /// - Parameters:
    ///   - command: the program and its arguments, which everybody on the node sees in the process list.
    ///   - service: the service.
    ///   - takesInput: whether it gets standard input.
    /// - Returns: the arguments.
    /// - Throws: ``UpkeepError/noPod(_:)`` when nothing of the service runs.
    package func running(
        _ command: [String], in service: ManifestObject, takesInput: Bool
    ) async throws -> [String] {
        let pods = try await pods(of: service)
        guard let pod = pods.first(where: \.isReady) ?? pods.first(where: \.isRunning) else {
            throw UpkeepError.noPod(service.name)
        }
        return ["exec"] + (takesInput ? ["--stdin"] : []) + service.place + [pod.name]
            + container(of: service) + ["--"] + command
    }

    /// kubectl's arguments for the log of a service, one after the other.
    ///
    /// - Parameters:
    ///   - service: the service.
    ///   - tail: how many lines at most; nil means all.
    ///   - follows: whether to go on while the pods do.
    ///   - previous: whether the log of the containers before their last start is meant.
    /// - Returns: arguments; with `previous`, for one pod after the other.
    /// - Throws: ``UpkeepError/noPod(_:)``, ``UpkeepError/neverRestarted(_:)``.
    package func logs(
        of service: ManifestObject, tail: Int?, follows: Bool, previous: Bool
    ) async throws -> [[String]] {
        let all = try await pods(of: service)
        guard !all.isEmpty else { throw UpkeepError.noPod(service.name) }
        let common = container(of: service) + ["--tail=\(tail ?? -1)"] + service.place
        let prefix = all.count > 1 ? ["--prefix"] : []
        if previous {
            let pods = all.filter(\.wasRestarted)
            guard !pods.isEmpty else { throw UpkeepError.neverRestarted(service.name) }
            return pods.map { ["logs", $0.name, "--previous"] + prefix + common }
        }
        guard all.count > 1 else { return [["logs", all[0].name] + (follows ? ["--follow"] : []) + common] }
        return [
            ["logs", service.selector, "--max-log-requests=\(all.count)"] + prefix
                + (follows ? ["--follow"] : []) + common
        ]
    }

    /// kubectl's arguments for the log of a job: that of its last try.
    ///
    /// - Throws: ``UpkeepError/noPod(_:)`` when the cluster has none of its pods any more.
    package func log(of job: ManifestObject) async throws -> [String] {
        guard let pod = try await pods(of: job).max(by: { $0.created < $1.created }) else {
            throw UpkeepError.noPod(job.shortName)
        }
        return ["logs", pod.name, "--tail=-1"] + job.place
    }

    /// The pods of a workload.
    func pods(of object: ManifestObject) async throws -> [Pod] {
        try await client.objects(
            ["get", "pods", object.selector] + object.place, for: "look at the pods of \(object.shortName)"
        ).map(Pod.init)
    }

    private func container(of service: ManifestObject) -> [String] {
        service.containers.first?["name"]?.text.map { ["--container=\($0)"] } ?? []
    }
}
