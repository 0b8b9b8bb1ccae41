package import YAML

extension Node {
    /// A condition in the status of an object, such as `Ready` of a node or a pod; nil where it has none of that type.
    package func condition(_ type: String) -> Node? {
        self["status"]?["conditions"]?.items?.first { $0["type"]?.text == type }
    }

    /// Whether an object's condition `Ready` is true.
    package var isReady: Bool { condition("Ready")?["status"]?.text == "True" }
}
