internal import YAML

/// An edition rendered for one inventory: what is applied, in order.
package struct Rendered: Sendable {
    /// The application's name, which all objects carry as part-of: `openedx`.
    package var application: String
    /// The namespace of everything that has one.
    package var namespace: String
    /// What runs nothing and goes first.
    package var foundations: [ManifestObject]
    /// What runs, in the order in which it is started.
    package var waves: [Wave]
    /// Folders that must be there on nodes, or on the NFS server, before anything is started.
    package var folders: [VolumeFolder]
    /// What it asks of nodes.
    package var demand: Demand

    /// Workloads that are started together and waited for.
    package struct Wave: Sendable {
        /// What it is, for progress.
        package var name: String
        /// Seconds until it must be ready.
        package var timeout: Int
        /// What it starts.
        package var objects: [ManifestObject]
    }

    /// Everything in the order in which it is applied.
    package var objects: [ManifestObject] { foundations + waves.flatMap(\.objects) }

    /// Everything as one stream of YAML documents: the same bytes for the same inventory and manifests.
    package var yaml: String { objects.map(\.node).yamlDocuments() }
}

/// A folder that a volume needs.
package struct VolumeFolder: Sendable, Hashable {
    /// The node it must be on; nil for a folder of a server.
    package var node: String?
    /// The NFS server that has it; nil for a folder of a node.
    package var server: String?
    /// Absolute path.
    package var path: String
    /// `uid:gid`.
    package var owner: String
    /// Octal digits.
    package var mode: String

    /// `mode owner path`, a line of the value `VOLUME_FOLDERS` of playbooks/volumes.yml; with the server before the path,
    /// of `NFS_FOLDERS` of playbooks/nfs.yml.
    package var line: String { "\(mode) \(owner) \(server.map { "\($0):" } ?? "")\(path)" }
}
