internal import YAML

/// The mark that applying leaves on an object: what was applied, so that the next comparison can do without a trial by
/// the server, for which kubectl asks it several times an object.
///
/// The mark says that the fields which this tool owns are those that are wanted, and none besides; that each still has
/// its value is seen in the object itself.
enum AppliedMark {
    private static let annotation = "mooc-cluster/applied"

    /// The object with its mark; a Secret has none, since that would tell something of its content.
    static func marking(_ object: ManifestObject) -> ManifestObject {
        guard object.kind != "Secret" else { return object }
        var object = object
        object.node[path: ["metadata", "annotations", annotation]] = .string(print(of: object))
        return object
    }

    /// Whether the cluster surely has what is wanted; if not, only the server knows.
    static func isSurely(_ live: ManifestObject, _ wanted: ManifestObject) -> Bool {
        live.node[path: ["metadata", "annotations", annotation]]?.text == print(of: wanted)
            && has(live.node, wanted.node)
    }

    /// The object without its mark.
    static func hiding(_ object: Node) -> Node {
        var object = object
        object[path: ["metadata", "annotations", annotation]] = nil
        if object[path: ["metadata", "annotations"]]?.entries?.isEmpty == true {
            object[path: ["metadata", "annotations"]] = nil
        }
        return object
    }

    private static func print(of object: ManifestObject) -> String { Fingerprint.of(object.node.json()) }

    /// Mappings that are applied as a whole, so that what somebody adds to one is a difference (the fields with
    /// `x-kubernetes-map-type: atomic` in the API's description, but for those that the server completes).
    private static let atomic: Set<String> = [
        "selector", "matchLabels", "podSelector", "namespaceSelector", "labelSelector", "nodeSelector",
        "configMapKeyRef", "secretKeyRef",
    ]

    /// Whether all that is wanted is there; what the server has added besides does not count, but for items of lists.
    private static func has(_ live: Node?, _ wanted: Node) -> Bool {
        guard let live else {
            // The server leaves out the empty value of an environment variable.
            return wanted.text?.isEmpty == true
        }
        if let entries = wanted.entries {
            return live.entries != nil
                && entries.allSatisfy { entry in
                    guard atomic.contains(entry.key) else { return has(live[entry.key], entry.value) }
                    return live[entry.key]?.means(entry.value) ?? false
                }
        }
        if let items = wanted.items {
            guard let others = live.items, others.count == items.count else { return false }
            return zip(others, items).allSatisfy { has($0, $1) }
        }
        return live.means(wanted)
    }
}
