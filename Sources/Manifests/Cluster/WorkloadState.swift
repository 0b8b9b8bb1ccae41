internal import YAML

/// How far a workload is, by its status in the cluster.
enum WorkloadState: Hashable, Sendable {
    /// All of it is there, at its newest.
    case ready
    /// It is on its way; how far, such as `0 of 1 ready`.
    case waiting(String)
    /// It will not get ready by itself, and why.
    case failed(String)

    /// Reads the state of a Deployment, StatefulSet, DaemonSet or Job.
    init(_ object: ManifestObject) {
        let status = object.node["status"] ?? [:]
        let count = { (key: String) in Int(status[key]?.text ?? "") ?? 0 }
        if object.kind == "Job" {
            self = Self.job(status)
            return
        }
        let wanted =
            object.kind == "DaemonSet"
            ? count("desiredNumberScheduled")
            : Int(object.node[path: ["spec", "replicas"]]?.text ?? "") ?? 1
        let generation = Int(object.node[path: ["metadata", "generation"]]?.text ?? "") ?? 0
        guard count("observedGeneration") >= generation else {
            self = .waiting("not looked at yet")
            return
        }
        let (updated, ready) =
            switch object.kind {
            case "DaemonSet": (count("updatedNumberScheduled"), count("numberAvailable"))
            case "StatefulSet": (Self.updatedReplicas(status, wanted), count("readyReplicas"))
            default: (count("updatedReplicas"), count("availableReplicas"))
            }
        let leftOver = object.kind == "Deployment" ? max(0, count("replicas") - updated) : 0
        if updated >= wanted, ready >= wanted, leftOver == 0 {
            self = .ready
        } else if leftOver > 0, ready >= wanted {
            self = .waiting("\(leftOver) old still there")
        } else {
            self = .waiting("\(min(updated, ready)) of \(wanted) ready")
        }
    }

    /// A StatefulSet whose revision is the newest does not count updated replicas on every version.
    private static func updatedReplicas(_ status: Node, _ wanted: Int) -> Int {
        if let current = status["currentRevision"]?.text, current == status["updateRevision"]?.text {
            return wanted
        }
        return Int(status["updatedReplicas"]?.text ?? "") ?? 0
    }

    private static func job(_ status: Node) -> WorkloadState {
        for condition in status["conditions"]?.items ?? [] where condition["status"]?.text == "True" {
            switch condition["type"]?.text {
            case "Complete": return .ready
            case "Failed":
                let reason = condition["reason"]?.text ?? "failed"
                return .failed(condition["message"]?.text.map { "\(reason): \($0)" } ?? reason)
            default: break
            }
        }
        let failures = Int(status["failed"]?.text ?? "") ?? 0
        return .waiting(failures == 0 ? "running" : "running again after \(failures) failures")
    }
}
