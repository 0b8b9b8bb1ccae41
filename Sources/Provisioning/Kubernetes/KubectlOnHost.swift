package import Inventory
package import Manifests

/// The way to a cluster: kubectl on its first control plane, over one connection.
///
/// - Throws: ``NoControlPlane``, or what connecting throws.
package func kubectl(on cluster: Cluster, _ surroundings: Surroundings) async throws -> Kubectl {
    guard let host = cluster.firstControlPlane else { throw NoControlPlane() }
    return Kubectl(try await surroundings.connect(host), try await surroundings.privilege(host))
}

extension Kubectl {
    /// The same as the manifests ask it.
    package var ask: Manifests.Kubectl {
        { arguments, input in
            let answer = try await run(arguments, input: input)
            return KubectlOutput(output: answer.output, error: answer.error, code: answer.code)
        }
    }
}

/// The inventory names no control plane that could be asked.
package struct NoControlPlane: Error, Sendable {}
