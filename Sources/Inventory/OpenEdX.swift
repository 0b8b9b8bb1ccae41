package import YAML

/// The `openedx:` part of an inventory.
package struct OpenEdX: Sendable {
    /// The edition: a folder below `manifests/openedx/`.
    package var edition: String
    /// Host name of the LMS, as learners type it.
    package var host: String
    /// Namespace of everything that is applied.
    package var namespace: String
    /// Where volumes live.
    package var storage: Storage
    /// Node that holds the volumes, by claim name; the others go to `Storage.local`'s default.
    package var volumeNodes: [(claim: String, node: String)]
    /// Secrets that the operator gives instead of having them generated, by name of the edition's secret
    /// keys.
    package var secrets: [(name: String, source: SecretSource)]
    /// Image references that take the place of the edition's, by the edition's name for them.
    package var images: [(name: String, reference: String)]
    /// Numbers of replicas, by service.
    package var replicas: [(service: String, count: Int)]
    /// Where it stands in the file.
    package var mark: Mark?

    /// Where volumes live.
    package enum Storage: Sendable, Hashable {
        /// A PersistentVolume for each claim, a folder below `root` on a node: `node`, or the first worker.
        case local(root: String, node: String?)
        /// Folders of an NFS server.
        case nfs(server: String, path: String)
    }
}
