import YAML

/// The cluster as kubectl on a control plane sees it, independent of the executable under test.
struct Kubectl: Sendable {
    /// Where kubectl runs.
    let node: LabNode

    /// Runs kubectl.
    func callAsFunction(_ arguments: String..., within limit: Duration = .seconds(60)) async throws -> Outcome
    {
        try await run(arguments, within: limit)
    }

    /// Runs kubectl.
    func callAsFunction(_ arguments: [String]) async throws -> Outcome { try await run(arguments) }

    /// Objects of a kind.
    func list(_ kind: String, in namespace: String? = nil) async throws -> [Node] {
        let place = namespace.map { ["--namespace", $0] } ?? ["--all-namespaces"]
        let outcome = try await run(["get", kind, "--output", "json"] + place)
        guard outcome.code == 0 else { throw Refused(outcome: outcome) }
        let list = YAMLParser.document(outcome.output, file: kind, diagnostics: Diagnostics())
        return list?["items"]?.items ?? []
    }

    private func run(_ arguments: [String], within limit: Duration = .seconds(60)) async throws -> Outcome {
        try await Lab.here.tool(
            [
                "node", node.name, "exec", "--", "kubectl", "--kubeconfig", "/etc/kubernetes/admin.conf",
                "--request-timeout", "20s",
            ] + arguments, within: limit)
    }

    /// A question that the API server did not answer.
    struct Refused: Error, CustomStringConvertible {
        /// How kubectl ended.
        let outcome: Outcome
        var description: String { outcome.description }
    }
}

extension Node {
    /// The value at a path of keys.
    func at(_ keys: String...) -> Node? { keys.reduce(self as Node?) { $0?[$1] } }

    /// An object's name.
    var name: String { at("metadata", "name")?.text ?? "?" }
}
