import Manifests
import YAML

/// What a cluster says of its nodes and of all that decides whether one of them can go.
struct ClusterObjects {
    private var kinds: [String: [Node]] = [:]

    /// Sorts the items of a list that kubectl gave as JSON.
    init(_ list: Node) {
        for item in list["items"]?.items ?? [] { kinds[item["kind"]?.text ?? "", default: []].append(item) }
    }

    /// The objects of a kind.
    subscript(kind: String) -> [Node] { kinds[kind] ?? [] }

    /// The node of a name; nil where the cluster does not know it.
    func node(_ name: String) -> Node? { self["Node"].first { $0["metadata"]?["name"]?.text == name } }

    /// Asks a cluster, in one call; for more kinds where they are named.
    ///
    /// - Throws: ``ClusterSilent`` when it gives no list, ``KubectlLost``, or what the transport throws.
    static func read(_ kubectl: Kubectl, and more: [String] = []) async throws -> ClusterObjects {
        let kinds = ["nodes", "pods", "persistentvolumes", "persistentvolumeclaims", "poddisruptionbudgets"]
        let names = (kinds + more).joined(separator: ",")
        let answer = try await kubectl.ask(["get", names, "--all-namespaces", "--output=json"], [])
        return ClusterObjects(try answer.document())
    }
}

extension KubectlOutput {
    /// What kubectl answered, read.
    ///
    /// - Throws: ``ClusterSilent`` when it failed, or gave nothing that can be read.
    func document() throws(ClusterSilent) -> Node {
        let document = YAMLParser.document(output, file: "kubectl", diagnostics: Diagnostics())
        guard code == 0, let document else {
            let said = String(decoding: error, as: UTF8.self).split(separator: "\n").last
            throw ClusterSilent(said: said.map(String.init) ?? "no answer")
        }
        return document
    }
}

/// A cluster did not tell what is in it.
package struct ClusterSilent: Error, Sendable, Hashable {
    /// What was said instead.
    package let said: String
}

extension Node {
    /// The texts of a mapping, such as labels.
    var texts: [String: String] {
        Dictionary((entries ?? []).compactMap { entry in entry.value.text.map { (entry.key, $0) } }) { $1 }
    }
}
