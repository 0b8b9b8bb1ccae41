package import Inventory
package import Manifests

/// The way to a cluster: kubectl on its first control plane, over one connection.
///
/// - Throws: ``NoControlPlane``, or what connecting throws.
package func kubectl(
    on cluster: Cluster, _ surroundings: Surroundings
) async throws -> Manifests.Kubectl {
    guard let host = cluster.firstControlPlane else { throw NoControlPlane() }
    let kubectl = Kubectl(try await surroundings.connect(host), try await surroundings.privilege(host))
    return { arguments, input in
        let answer = try await kubectl.run(arguments, input: input)
        return KubectlOutput(output: answer.output, error: answer.error, code: answer.code)
    }
}

/// The inventory names no control plane that could be asked.
package struct NoControlPlane: Error, Sendable {}
