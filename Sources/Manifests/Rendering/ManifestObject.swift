package import YAML

/// A Kubernetes object with what identifies it.
package struct ManifestObject: Sendable {
    /// The object.
    package var node: Node

    /// Takes a node that has an API version, a kind and a name; nil when it lacks one of them.
    package init?(_ node: Node) {
        guard node["apiVersion"]?.text != nil, node["kind"]?.text != nil,
            node["metadata"]?["name"]?.text != nil
        else { return nil }
        self.node = node
    }

    /// Such as `apps/v1`.
    package var apiVersion: String { node["apiVersion"]?.text ?? "" }
    /// Such as `Deployment`.
    package var kind: String { node["kind"]?.text ?? "" }
    /// The object's name.
    package var name: String { node["metadata"]?["name"]?.text ?? "" }
    /// The namespace; nil for what belongs to the whole cluster.
    package var namespace: String? { node["metadata"]?["namespace"]?.text }

    /// What it is and where, without the API version, which changes with the cluster's version.
    package var id: ObjectID { ObjectID(kind: kind, namespace: namespace, name: name) }

    /// Whether it runs something that can be waited for.
    package var isWorkload: Bool { Self.workloads.contains(kind) }

    /// Kinds that run something.
    package static let workloads: Set<String> = ["Deployment", "StatefulSet", "DaemonSet", "Job"]
}

/// What names an object in a cluster.
package struct ObjectID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Such as `Deployment`.
    package let kind: String
    /// The namespace; nil for what belongs to the whole cluster.
    package let namespace: String?
    /// The object's name.
    package let name: String

    /// Makes an identity of its parts.
    package init(kind: String, namespace: String?, name: String) {
        self.kind = kind
        self.namespace = namespace
        self.name = name
    }

    /// `deployment/lms`, as kubectl takes it.
    package var description: String { "\(kind.lowercased())/\(name)" }

    /// Orders by namespace, kind and name.
    package static func < (left: ObjectID, right: ObjectID) -> Bool {
        (left.namespace ?? "", left.kind, left.name) < (right.namespace ?? "", right.kind, right.name)
    }
}
