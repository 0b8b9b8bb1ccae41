internal import YAML

/// Asks the cluster and tells it, in terms of objects.
struct ClusterClient: Sendable {
    /// How kubectl is run.
    let kubectl: Kubectl

    /// Runs kubectl and takes any exit code but 0 for a failure.
    ///
    /// - Parameters:
    ///   - arguments: kubectl's arguments.
    ///   - input: standard input.
    ///   - action: what this is for, for the message.
    /// - Returns: standard output.
    /// - Throws: ``ManifestError/kubectl(action:message:)``, and what running it throws.
    @discardableResult
    func run(_ arguments: [String], input: [UInt8] = [], for action: String) async throws -> [UInt8] {
        let result = try await kubectl(arguments, input)
        guard result.code == 0 else {
            let said = String(decoding: result.error.isEmpty ? result.output : result.error, as: UTF8.self)
            let lines = said.split(separator: "\n").suffix(20).joined(separator: "\n")
            throw ManifestError.kubectl(action: action, message: lines)
        }
        return result.output
    }

    /// The objects that kubectl answers with; none for an empty answer.
    func objects(_ arguments: [String], input: [UInt8] = [], for action: String) async throws -> [Node] {
        let output = try await run(arguments + ["-o", "json"], input: input, for: action)
        guard output.contains(where: { $0 > UInt8(ascii: " ") }) else { return [] }
        let diagnostics = Diagnostics()
        let documents = YAMLParser.documents(output, file: "kubectl", diagnostics: diagnostics)
        guard !diagnostics.hasErrors else { throw ManifestError.unreadable(action: action) }
        return documents.flatMap { node in
            node["kind"]?.text?.hasSuffix("List") == true ? node["items"]?.items ?? [] : [node]
        }
    }

    /// Objects as kubectl reads them from standard input.
    static func list(_ objects: [ManifestObject]) -> [UInt8] {
        let list: Node = ["apiVersion": "v1", "kind": "List", "items": .sequence(objects.map(\.node))]
        return Array(list.json().utf8)
    }

    /// Everything of an instance that this tool has put into the cluster.
    func owned(namespace: String, instance: String) async throws -> [ManifestObject] {
        let selector = "--selector=\(Owner.label)=\(instance)"
        let kinds =
            "deployments,statefulsets,daemonsets,jobs,services,configmaps,secrets,"
            + "persistentvolumeclaims,networkpolicies,poddisruptionbudgets,"
            + "horizontalpodautoscalers,ingresses.networking.k8s.io"
        async let inside = objects(
            ["get", kinds, "--namespace=\(namespace)", selector], for: "read what runs in \(namespace)")
        async let outside = objects(
            ["get", "namespaces,persistentvolumes", selector], for: "read volumes and namespaces")
        async let scaled = scaledObjects(["--namespace=\(namespace)", selector])
        return try await (inside + outside + scaled).compactMap { ManifestObject($0) }
    }

    /// What tells that KEDA is in the cluster.
    static let scaledObjects = "customresourcedefinition/scaledobjects.keda.sh"

    /// The autoscalers of KEDA, in a cluster that has it: kubectl refuses to look for what it does not know.
    private func scaledObjects(_ which: [String]) async throws -> [Node] {
        let definition = try await objects(
            ["get", Self.scaledObjects, "--ignore-not-found"], for: "look for KEDA")
        guard !definition.isEmpty else { return [] }
        return try await objects(["get", "scaledobjects"] + which, for: "read the autoscalers of KEDA")
    }

    /// Those of some objects that are in the cluster, whoever made them.
    func present(_ objects: [ManifestObject]) async throws -> [ManifestObject] {
        guard !objects.isEmpty else { return [] }
        return try await self.objects(
            ["get", "-f", "-", "--ignore-not-found"], input: Self.list(objects), for: "read what is there"
        ).compactMap { ManifestObject($0) }
    }

    /// Server-side apply; with `dryRun` the server only says what would become of the objects.
    func apply(_ objects: [ManifestObject], dryRun: Bool) async throws -> [ManifestObject] {
        guard !objects.isEmpty else { return [] }
        var arguments = ["apply", "--server-side", "--force-conflicts", "--field-manager=\(Owner.manager)"]
        if dryRun { arguments.append("--dry-run=server") }
        let action = dryRun ? "compare with the cluster" : "apply"
        let input = Self.list(objects.map(AppliedMark.marking))
        return try await self.objects(arguments + ["-f", "-"], input: input, for: action)
            .compactMap { ManifestObject($0) }
    }
}
