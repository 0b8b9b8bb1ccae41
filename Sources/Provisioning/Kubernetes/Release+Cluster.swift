import Inventory
import YAML

extension Release {
    /// The release of an inventory, by the version table.
    ///
    /// - Throws: `InvalidInput` when the table or the version is wrong, or what reading the table throws.
    static func read(for cluster: Cluster, _ surroundings: Surroundings) throws -> Release {
        let diagnostics = Diagnostics()
        let path = "playbooks/versions.yml"
        let table = VersionTable.read(try surroundings.asset(path), file: path, diagnostics)
        let kubernetes = cluster.kubernetes
        guard let release = table?.release(kubernetes.version, at: kubernetes.versionMark, diagnostics) else {
            throw InvalidInput(diagnostics.sorted)
        }
        return release
    }
}
