package import Inventory
package import Manifests

extension Applier {
    /// The way to a cluster by way of its first control plane: kubectl runs there, over one connection.
    ///
    /// - Throws: ``NoControlPlane``, or what connecting throws.
    package static func over(_ cluster: Cluster, _ surroundings: Surroundings) async throws -> Applier {
        guard let host = cluster.firstControlPlane else { throw NoControlPlane() }
        let kubectl = Kubectl(
            try await surroundings.connect(host), try await surroundings.privilege(host))
        return Applier { arguments, input in
            let answer = try await kubectl.run(arguments, input: input)
            return KubectlOutput(output: answer.output, error: answer.error, code: answer.code)
        }
    }
}

/// The inventory names no control plane that could be asked.
package struct NoControlPlane: Error, Sendable {}
