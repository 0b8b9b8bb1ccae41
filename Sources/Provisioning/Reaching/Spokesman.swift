package import Inventory
import SSH

/// Who speaks for a cluster: its first control plane that can be reached, the same from then on.
///
/// One that answers and refuses, or has another host key, is not passed over: that is for a person to look at.
package actor Spokesman {
    private var choice: Task<Host?, any Error>?

    /// Makes one that has chosen nobody yet.
    package init() {}

    /// The control plane that is asked about the cluster; where there is one alone, it is that one, in reach or not.
    ///
    /// - Parameters:
    ///   - cluster: the inventory, the same each time.
    ///   - surroundings: what leads to its hosts.
    ///   - onPassedOver: gets a control plane that cannot be reached, the next one, which can, and the reason.
    /// - Returns: the control plane; nil when the inventory has none.
    /// - Throws: what connecting to the first throws when none can be reached, and what connecting to one that is not
    ///   passed over throws.
    package func host(
        of cluster: Cluster, _ surroundings: Surroundings,
        onPassedOver: @escaping @Sendable (Host, _ next: Host, any Error) -> Void
    ) async throws -> Host? {
        if let choice { return try await choice.value }
        let planes = cluster.hosts(of: .controlPlane)
        guard planes.count > 1 else { return planes.first }
        let task = Task { () -> Host? in
            var passedOver: [(host: Host, error: any Error)] = []
            for plane in planes {
                do {
                    _ = try await surroundings.connect(plane)
                    for (host, error) in passedOver { onPassedOver(host, plane, error) }
                    return plane
                } catch let error as SSHError where error.mayPass {
                    try Task.checkCancellation()
                    passedOver.append((plane, error))
                }
            }
            if let first = passedOver.first { throw first.error }
            return nil
        }
        choice = task
        do {
            return try await withTaskCancellationHandler {
                try await task.value
            } onCancel: {
                task.cancel()
            }
        } catch {
            choice = nil
            throw error
        }
    }
}

extension Cluster {
    /// The same cluster with one of its hosts in front, so that this is the first control plane.
    ///
    /// - Parameter name: the control plane.
    /// - Returns: the cluster, its hosts in another order.
    package func led(by name: String) -> Cluster {
        var copy = self
        copy.hosts = hosts.filter { $0.name == name } + hosts.filter { $0.name != name }
        return copy
    }
}
