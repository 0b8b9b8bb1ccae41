package import YAML

/// Finds out why workloads are not ready: states of their pods, events, last lines of logs.
package struct StuckReasons: Sendable {
    /// The cluster.
    let client: ClusterClient
    /// The namespace of the workloads.
    let namespace: String

    /// The reason of each; what cannot be asked is left out rather than thrown.
    func of(_ workloads: [(object: ManifestObject, state: WorkloadState)]) async -> [StuckReason] {
        let pods =
            (try? await client.objects(
                ["get", "pods", "--namespace=\(namespace)"], for: "look at the pods")) ?? []
        let events =
            (try? await client.objects(
                ["get", "events", "--namespace=\(namespace)", "--field-selector=type=Warning"],
                for: "look at the events")) ?? []
        var reasons: [StuckReason] = []
        for (object, state) in workloads {
            let worst = pods.filter { Self.belongs($0, to: object) }.max {
                Self.badness($0) < Self.badness($1)
            }
            reasons.append(await reason(object, state, pod: worst, events: events))
        }
        return reasons
    }

    private func reason(
        _ object: ManifestObject, _ state: WorkloadState, pod: Node?, events: [Node]
    ) async -> StuckReason {
        var causes: [String] = []
        switch state {
        case .failed(let why), .waiting(let why): causes.append(why)
        case .ready: break
        }
        guard let pod, let name = pod[path: ["metadata", "name"]]?.text else {
            causes += Self.messages(of: [object.name], in: events)
            return StuckReason(workload: "\(object.id)", pod: nil, node: nil, causes: causes, log: [])
        }
        causes += Self.conditions(of: pod)
        let claims = (pod[path: ["spec", "volumes"]]?.items ?? [])
            .compactMap { $0["persistentVolumeClaim"]?["claimName"]?.text }
        causes += Self.messages(of: [name] + claims, in: events)
        return StuckReason(
            workload: "\(object.id)", pod: name, node: pod[path: ["spec", "nodeName"]]?.text, causes: causes,
            log: await log(of: pod, name))
    }

    private func log(of pod: Node, _ name: String) async -> [String] {
        let statuses = pod[path: ["status", "containerStatuses"]]?.items ?? []
        let waits = statuses.contains { $0[path: ["state", "waiting"]] != nil }
        let restarted = statuses.contains { (Int($0["restartCount"]?.text ?? "") ?? 0) > 0 }
        let ran = statuses.contains { $0[path: ["state", "waiting"]] == nil } || restarted
        guard ran else { return [] }
        var arguments = ["logs", "--namespace=\(namespace)", name, "--tail=20"]
        if waits && restarted { arguments.append("--previous") }
        let output = (try? await client.run(arguments, for: "read the log of \(name)")) ?? []
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private static func belongs(_ pod: Node, to object: ManifestObject) -> Bool {
        let labels = pod[path: ["metadata", "labels"]]
        if object.kind == "Job" { return labels?["job-name"]?.text == object.name }
        let selector = object.node[path: ["spec", "selector", "matchLabels"]]?.entries ?? []
        return !selector.isEmpty && selector.allSatisfy { labels?[$0.key]?.text == $0.value.text }
    }

    /// How far a pod is from being well: one that cannot even start comes before one that is not ready yet.
    private static func badness(_ pod: Node) -> Int {
        let statuses = pod[path: ["status", "containerStatuses"]]?.items ?? []
        let ready = !statuses.isEmpty && statuses.allSatisfy { $0["ready"]?.resolved == .bool(true) }
        let restarts = statuses.compactMap { Int($0["restartCount"]?.text ?? "") }.reduce(0, +)
        let failed = pod[path: ["status", "phase"]]?.text == "Failed"
        return ready ? 0 : 1 + min(restarts, 100) + (failed ? 200 : 0)
    }

    /// What a pod says of why it is not well, a sentence each.
    package static func conditions(of pod: Node) -> [String] {
        var causes: [String] = []
        for condition in pod[path: ["status", "conditions"]]?.items ?? []
        where condition["type"]?.text == "PodScheduled" && condition["status"]?.text == "False" {
            causes.append("no node takes it: \(condition["message"]?.text ?? "unknown why")")
        }
        for status in pod[path: ["status", "containerStatuses"]]?.items ?? [] {
            let name = status["name"]?.text ?? "container"
            if let waiting = status[path: ["state", "waiting"]] {
                let message = waiting["message"]?.text.map { ": \($0)" } ?? ""
                causes.append("\(name) waits, \(waiting["reason"]?.text ?? "unknown why")\(message)")
            }
            for place in ["state", "lastState"] {
                guard let ended = status[path: [place, "terminated"]], ended["exitCode"]?.text != "0" else {
                    continue
                }
                let reason = ended["reason"]?.text ?? "Error"
                causes.append("\(name) ended with \(ended["exitCode"]?.text ?? "?") (\(reason))")
            }
            let runs = status[path: ["state", "running"]] != nil
            if runs, status["ready"]?.resolved == .bool(false) {
                causes.append("\(name) runs and does not pass its probes")
            }
        }
        return causes
    }

    /// What events say of objects of these names, the last four.
    static func messages(of names: [String], in events: [Node]) -> [String] {
        let own = events.filter { event in
            names.contains(event[path: ["involvedObject", "name"]]?.text ?? "")
        }
        var messages: [String] = []
        for event in own.suffix(8) {
            let text = "\(event["reason"]?.text ?? "Warning"): \(event["message"]?.text ?? "")"
            if !messages.contains(text) { messages.append(text) }
        }
        return messages.suffix(4)
    }
}
