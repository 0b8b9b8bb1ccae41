import Inventory
import Manifests
import YAML

/// The passwords that were made up for a cluster's application, as this machine keeps them beside the kubeconfig.
///
/// The cluster's Secret goes with the cluster, and the folders of volumes stay: without these, a database that
/// `reset` has left behind could not be opened by the next `up`.
struct KeptSecrets {
    /// The file's path.
    let path: String

    /// The file of a namespace of a cluster, below the state folder: each namespace has volumes of its own.
    init(_ context: Context, _ cluster: Cluster, namespace: String) {
        path = "\(context.stateFolder)/\(cluster.name)/secrets-\(namespace).json"
    }

    /// What is kept; nothing when there is no file.
    ///
    /// - Throws: ``FileError``, or `InvalidInput` when the file is not what was written.
    func read() throws -> SecretValues {
        guard Files.mode(path) != nil else { return SecretValues() }
        let diagnostics = Diagnostics()
        let node = YAMLParser.document(try Files.read(path), file: path, diagnostics: diagnostics)
        if diagnostics.hasErrors { throw InvalidInput(diagnostics.sorted) }
        let entries = node?.entries ?? []
        return SecretValues(
            Dictionary(entries.compactMap { entry in entry.value.text.map { (entry.key, $0) } }) { $1 })
    }

    /// Keeps all but those that the operator gives, readable by their owner alone.
    ///
    /// - Throws: ``FileError``.
    func keep(_ secrets: SecretValues, given: SecretValues) throws {
        var kept = Mapping()
        for key in secrets.keys where given.reveal(key) == nil {
            kept[key] = secrets.reveal(key).map { .string($0) }
        }
        let text = Node(.mapping(kept)).json(pretty: true) + "\n"
        if (try? Files.read(path)) != Array(text.utf8) { try Files.write(text, to: path, mode: 0o600) }
    }
}
