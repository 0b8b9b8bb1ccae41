internal import YAML

extension Edition {
    /// Why a service's number of pods cannot be changed; nil when it can.
    package func scalingRefusal(_ service: ManifestObject, in rendered: Rendered) -> String? {
        if let scale = rendered.autoscale(of: service) {
            return "its autoscaler keeps it between \(scale.least) and \(scale.most) pods, and would undo it;"
                + " say in the inventory what these are, with replicas and maxReplicas"
        }
        if replicas.contains(where: { $0.service == service.name }) { return nil }
        let words = service.containers.flatMap { $0["args"]?.items?.compactMap(\.text) ?? [] }
        if words.contains("beat") { return "two of it would do each of its tasks twice" }
        if service.kind == "DaemonSet" { return "it runs once on each node" }
        if service.kind == "StatefulSet" { return "it keeps data, and a second one would have other data" }
        if service.node[path: ["spec", "strategy", "type"]]?.text == "Recreate" {
            return "the old one has to be gone before a new one starts"
        }
        return "this edition is made for one of it"
    }
}
