import Manifests
import YAML

extension ClusterStatus.Row {
    /// A pod that is not well, and why; nil for one that is, that has done its work, or that another one has replaced.
    init?(illPod pod: Node) {
        let phase = pod["status"]?["phase"]?.text ?? "Pending"
        let isOver = phase == "Succeeded" || phase == "Failed" && pod["metadata"]?["ownerReferences"] != nil
        guard !pod.isReady, !isOver, let name = pod["metadata"]?["name"]?.text else { return nil }
        let place = pod["metadata"]?["namespace"]?.text ?? "default"
        let node = pod["spec"]?["nodeName"]?.text.map { " on \($0)" } ?? ""
        let why = StuckReasons.conditions(of: pod).joined(separator: "; ")
        let isGoing = pod["metadata"]?["deletionTimestamp"] != nil
        self.init(
            name: "pod/\(place)/\(name)", isReady: false,
            detail: "\(isGoing ? "is going" : phase)\(node)" + (why.isEmpty ? "" : ": \(why)"))
    }
}
