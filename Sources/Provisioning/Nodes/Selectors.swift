import YAML

/// Selectors of Kubernetes: of pods by their labels, and of nodes by theirs.
enum Selectors {
    /// Whether a label selector (`matchLabels`, `matchExpressions`) takes labels; an empty one takes all.
    static func takes(_ selector: Node?, _ labels: [String: String]) -> Bool {
        guard let selector else { return false }
        return (selector["matchLabels"]?.texts ?? [:]).allSatisfy { labels[$0.key] == $0.value }
            && (selector["matchExpressions"]?.items ?? []).allSatisfy { holds($0, labels) }
    }

    /// Whether a node selector (`nodeSelectorTerms`, of which one must hold) takes a node.
    static func takes(terms selector: Node, labels: [String: String], name: String) -> Bool {
        (selector["nodeSelectorTerms"]?.items ?? []).contains { term in
            let expressions = term["matchExpressions"]?.items ?? []
            let fields = term["matchFields"]?.items ?? []
            return !(expressions.isEmpty && fields.isEmpty) && expressions.allSatisfy { holds($0, labels) }
                && fields.allSatisfy { holds($0, ["metadata.name": name]) }
        }
    }

    /// Whether one expression holds; an operator that is not known does not.
    private static func holds(_ expression: Node, _ labels: [String: String]) -> Bool {
        let own = expression["key"]?.text.flatMap { labels[$0] }
        let values = (expression["values"]?.items ?? []).compactMap(\.text)
        switch expression["operator"]?.text {
        case "In": return own.map(values.contains) ?? false
        case "NotIn": return !(own.map(values.contains) ?? false)
        case "Exists": return own != nil
        case "DoesNotExist": return own == nil
        case "Gt", "Lt":
            guard let own = own.flatMap({ Int($0) }), let value = values.first.flatMap({ Int($0) }) else {
                return false
            }
            return expression["operator"]?.text == "Gt" ? own > value : own < value
        default: return false
        }
    }
}
