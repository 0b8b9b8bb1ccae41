internal import YAML

/// What the pods of a workload were made from at one time.
struct Revision: Sendable {
    /// Where it stands in the cluster's count.
    let number: Int
    /// The pods' template, without what a restart adds to it.
    let template: Node

    /// Reads a ReplicaSet or a ControllerRevision; nil when it is none, or belongs to another workload.
    init?(_ node: Node, of service: ManifestObject) {
        let owners = node[path: ["metadata", "ownerReferences"]]?.items ?? []
        let isOwn = owners.contains { $0["kind"]?.text == service.kind && $0["name"]?.text == service.name }
        let count = ["metadata", "annotations", "deployment.kubernetes.io/revision"]
        let inside = node["revision"] == nil ? ["spec", "template"] : ["data", "spec", "template"]
        guard isOwn, let text = (node["revision"] ?? node[path: count])?.text, let number = Int(text),
            let template = node[path: inside]
        else { return nil }
        self.number = number
        self.template = Self.bare(template)
    }

    /// A template without what is put into it by the controllers and by a restart.
    static func bare(_ template: Node) -> Node {
        var template = template
        template["$patch"] = nil
        template["metadata"]?["creationTimestamp"] = nil
        template["metadata"]?["labels"]?["pod-template-hash"] = nil
        template["metadata"]?["annotations"]?["kubectl.kubernetes.io/restartedAt"] = nil
        if template["metadata"]?["annotations"]?.entries?.isEmpty == true {
            template["metadata"]?["annotations"] = nil
        }
        return template
    }
}
