package import Inventory
package import Playbook

/// All that a run needs from outside: files, the clock, ways to hosts.
package struct Surroundings: Sendable {
    /// A file of playbooks/ by its path (`playbooks/swap.yml`); one beside the inventory takes the built-in one's place.
    package var asset: @Sendable (String) throws -> [UInt8]
    /// A file that the inventory names.
    package var file: @Sendable (String) throws -> [UInt8]
    /// Nanoseconds since 1970.
    package var now: @Sendable () -> Int
    /// Opens a way to a host.
    package var connect: @Sendable (Host) async throws -> any Transport
    /// How the host's login user becomes root.
    package var privilege: @Sendable (Host) async throws -> Privilege
    /// How an error of connecting is told: what happened, and what to do.
    package var explain: @Sendable (any Error) -> (message: String, cure: String)

    /// Makes surroundings of their parts.
    package init(
        asset: @escaping @Sendable (String) throws -> [UInt8],
        file: @escaping @Sendable (String) throws -> [UInt8],
        now: @escaping @Sendable () -> Int,
        connect: @escaping @Sendable (Host) async throws -> any Transport,
        privilege: @escaping @Sendable (Host) async throws -> Privilege,
        explain: @escaping @Sendable (any Error) -> (message: String, cure: String)
    ) {
        self.asset = asset
        self.file = file
        self.now = now
        self.connect = connect
        self.privilege = privilege
        self.explain = explain
    }

    /// The text of the network plugin's manifest where an inventory names a file; else nil.
    ///
    /// - Throws: what reading the file throws.
    func networkManifest(of cluster: Cluster) throws -> String? {
        guard case .file(let path) = cluster.kubernetes.networkPlugin else { return nil }
        return String(decoding: try file(path), as: UTF8.self)
    }
}
