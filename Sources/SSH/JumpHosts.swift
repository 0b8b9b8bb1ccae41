/// The hosts on the way to others: one session to each, shared by all behind it, as long as one of those lives.
actor JumpHosts {
    private struct Entry {
        let task: Task<Result<JumpHost, SSHError>, Never>
        var waiting: Int
    }

    private struct Open {
        weak var host: JumpHost?
    }

    private var open: [String: Open] = [:]
    private var opening: [String: Entry] = [:]

    /// The session to a host on the way, made where there is none yet.
    ///
    /// - Throws: what connecting there throws.
    func host(_ settings: SSHSettings) async throws(SSHError) -> JumpHost {
        let target = try ClientConfiguration.target(for: settings)
        // Who logs in elsewise, or trusts others, does not share.
        let key = [
            target.sshd, target.user, target.identityFiles.joined(separator: "\n"),
            target.knownHostsFiles.joined(separator: "\n"), target.hostKeyPolicy.rawValue,
        ].joined(separator: "\n\n")
        while true {
            if let host = open[key]?.host, host.isOpen { return host }
            let task: Task<Result<JumpHost, SSHError>, Never>
            if let entry = opening[key] {
                task = entry.task
            } else {
                task = Task {
                    do throws(SSHError) {
                        return .success(JumpHost(try await Session.connect(settings)))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            opening[key, default: Entry(task: task, waiting: 0)].waiting += 1
            let result = await withTaskCancellationHandler {
                await task.value
            } onCancel: {
                Task { await self.abandon(key, task) }
            }
            if opening[key]?.task == task { opening[key] = nil }
            switch result {
            case .success(let host):
                open[key] = Open(host: host)
                return host
            case .failure(let error):
                // The one who began it was cancelled, and this one was not.
                if case .cancelled = error.kind, !Task.isCancelled { continue }
                throw error
            }
        }
    }

    /// Ends the attempt that nobody waits for any more.
    private func abandon(_ key: String, _ task: Task<Result<JumpHost, SSHError>, Never>) {
        guard opening[key]?.task == task else { return }
        opening[key]?.waiting -= 1
        if opening[key]?.waiting == 0 { task.cancel() }
    }
}
