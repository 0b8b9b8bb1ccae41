internal import YAML

/// What a folder of manifests in git is deployed by, and where the folder is.
package struct Delivery: Sendable {
    /// Who deploys it.
    package enum Program: String, Sendable, CaseIterable { case argo, flux }

    /// Who deploys it.
    package var program: Program
    /// The repository's URL.
    package var repository: String
    /// The branch or tag.
    package var revision: String
    /// The folder in the repository, without slashes at its ends.
    package var path: String

    /// Makes one.
    package init(program: Program, repository: String, revision: String, path: String) {
        self.program = program
        self.repository = repository
        self.revision = revision
        self.path = path
    }
}

extension Rendered {
    /// What is applied together, in order: first what runs nothing, then each wave.
    private var parts: [(folder: String, timeout: Int, objects: [ManifestObject])] {
        let parts = [("foundations", 300, foundations)] + waves.map { ($0.name, $0.timeout, $0.objects) }
        return parts.enumerated().map { index, part in
            let words = part.0.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
            return ("\(index < 10 ? "0" : "")\(index)-\(words)", part.1, part.2)
        }
    }

    /// Everything as files of a folder for git, by name: a folder for each part, numbered in the order of application,
    /// each and the whole with a `kustomization.yaml`; and what tells a program to deploy it in that order.
    ///
    /// - Parameters:
    ///   - withSecrets: whether the Secret of passwords is among them; else whoever deploys the folder must find it.
    ///   - delivery: who deploys it.
    /// - Returns: the files.
    package func files(withSecrets: Bool, delivery: Delivery? = nil) -> [(name: String, text: String)] {
        var files: [(name: String, text: String)] = []
        for (number, part) in parts.enumerated() {
            let objects = part.objects.filter { withSecrets || $0.kind != "Secret" }.map { object in
                var object = object
                // Whoever deploys the folder would else take back at each turn what the autoscaler did.
                if autoscale(of: object) != nil { object.node[path: ["spec", "replicas"]] = nil }
                guard delivery?.program == .argo else { return object.node }
                // Argo CD applies wave after wave, and waits for each until it is healthy; a Job is when it is done.
                var node = object.node
                node[path: ["metadata", "annotations", "argocd.argoproj.io/sync-wave"]] = .string("\(number)")
                return node
            }
            files.append(("\(part.folder)/objects.yml", objects.yamlDocuments()))
            files.append(("\(part.folder)/kustomization.yaml", Self.kustomization(of: ["objects.yml"])))
        }
        files.append(("kustomization.yaml", Self.kustomization(of: parts.map { "\($0.folder)/objects.yml" })))
        guard let delivery else { return files }
        let objects = delivery.program == .argo ? [argo(delivery)] : flux(delivery)
        return files + [("\(delivery.program.rawValue).yml", objects.yamlDocuments())]
    }

    private static func kustomization(of resources: [String]) -> String {
        let node: Node = [
            "apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization",
            "resources": .sequence(resources.map { .string($0) }),
        ]
        return node.yaml()
    }

    /// The whole as an Application of Argo CD; what is removed from the folder is not removed from the cluster unasked.
    private func argo(_ delivery: Delivery) -> Node {
        [
            "apiVersion": "argoproj.io/v1alpha1", "kind": "Application",
            "metadata": ["name": .string(namespace), "namespace": "argocd"],
            "spec": [
                "project": "default",
                "source": [
                    "repoURL": .string(delivery.repository), "targetRevision": .string(delivery.revision),
                    "path": .string(delivery.path),
                ],
                "destination": [
                    "server": "https://kubernetes.default.svc", "namespace": .string(namespace),
                ],
                "syncPolicy": ["syncOptions": ["ServerSideApply=true"]],
            ],
        ]
    }

    /// Each part as a Kustomization of Flux that waits for the one before it.
    ///
    /// Only of what runs is removed what the
    /// folder no longer has: volumes stay.
    private func flux(_ delivery: Delivery) -> [Node] {
        let source: Node = [
            "apiVersion": "source.toolkit.fluxcd.io/v1", "kind": "GitRepository",
            "metadata": ["name": .string(namespace), "namespace": "flux-system"],
            "spec": [
                "interval": "5m", "url": .string(delivery.repository),
                "ref": ["branch": .string(delivery.revision)],
            ],
        ]
        let names = parts.map { "\(namespace)-\($0.folder)" }
        return [source]
            + parts.enumerated().map { number, part in
                var node: Node = [
                    "apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization",
                    "metadata": ["name": .string(names[number]), "namespace": "flux-system"],
                    "spec": [
                        "interval": "10m", "path": .string("./\(delivery.path)/\(part.folder)"),
                        "prune": .bool(number > 0), "wait": true, "timeout": .string("\(part.timeout)s"),
                        "sourceRef": ["kind": "GitRepository", "name": .string(namespace)],
                    ],
                ]
                if number > 0 {
                    node[path: ["spec", "dependsOn"]] = [["name": .string(names[number - 1])]]
                }
                return node
            }
    }
}
