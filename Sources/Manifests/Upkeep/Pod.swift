internal import YAML

/// A pod, as far as it matters which one to go to.
struct Pod: Sendable {
    /// Its name.
    let name: String
    /// Its node; empty while it has none.
    let node: String
    /// Whether it serves, and is not on its way out.
    let isReady: Bool
    /// Whether a container of it runs.
    let isRunning: Bool
    /// Whether a container of it was started again.
    let wasRestarted: Bool
    /// When it was made, as the cluster says it; such moments sort as texts.
    let created: String

    /// Reads a pod.
    init(_ pod: Node) {
        name = pod[path: ["metadata", "name"]]?.text ?? ""
        node = pod[path: ["spec", "nodeName"]]?.text ?? ""
        created = pod[path: ["metadata", "creationTimestamp"]]?.text ?? ""
        let statuses = pod[path: ["status", "containerStatuses"]]?.items ?? []
        isReady = pod[path: ["metadata", "deletionTimestamp"]] == nil && pod.isReady
        isRunning = statuses.contains { $0[path: ["state", "running"]] != nil }
        wasRestarted = statuses.contains { (Int($0["restartCount"]?.text ?? "") ?? 0) > 0 }
    }
}
