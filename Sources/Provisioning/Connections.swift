import Inventory
import Playbook

/// The open ways to hosts: each is opened once, when first asked for, and shared by all that follows.
actor Connections {
    private let connect: @Sendable (Host) async throws -> any Transport
    private var open: [String: Task<any Transport, any Error>] = [:]

    /// Makes an empty set.
    init(_ connect: @escaping @Sendable (Host) async throws -> any Transport) { self.connect = connect }

    /// The way to a host by its present address.
    ///
    /// - Throws: what connecting throws; a later call tries again.
    func transport(to host: Host) async throws -> any Transport {
        let key = "\(host.name) \(host.address)"
        if let task = open[key] { return try await task.value }
        let task = Task { [connect] in try await connect(host) }
        open[key] = task
        return try await withTaskCancellationHandler {
            do {
                return try await task.value
            } catch {
                open[key] = nil
                throw error
            }
        } onCancel: {
            task.cancel()
        }
    }

    /// Forgets a host's way after it broke, so that the next phase opens a new one.
    func forget(_ host: Host) { open["\(host.name) \(host.address)"] = nil }
}
