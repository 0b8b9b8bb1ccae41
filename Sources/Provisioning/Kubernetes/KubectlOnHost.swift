package import Inventory
package import Manifests

/// The way to a cluster: kubectl on one of its control planes.
///
/// - Parameters:
///   - host: the control plane.
///   - surroundings: what leads to it.
///   - onLost: gets the reason when the connection broke and is opened anew.
/// - Returns: kubectl there, with its connection open.
/// - Throws: what connecting throws.
package func kubectl(
    on host: Host, _ surroundings: Surroundings,
    onLost: @escaping @Sendable (String) -> Void = { _ in }
) async throws -> Kubectl {
    let connections = Connections(surroundings.connect)
    _ = try await connections.transport(to: host)
    return Kubectl(
        on: host, over: connections, try await surroundings.privilege(host), onLost: onLost)
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
