import Inventory
import Playbook

/// The administrator's kubeconfig of a cluster, as this machine keeps it.
struct KubeconfigFile {
    /// The file's path.
    let path: String

    /// The file of a cluster, below the state folder.
    init(_ context: Context, _ cluster: Cluster) {
        path = "\(context.stateFolder)/\(cluster.name)/kubeconfig"
    }

    /// Keeps a kubeconfig, readable by its owner alone, and only writes when it is another one.
    ///
    /// - Returns: the path; nil when there is none to keep.
    /// - Throws: ``FileError``.
    func keep(_ kubeconfig: Secret?) throws -> String? {
        guard let text = kubeconfig?.reveal() else { return nil }
        let bytes = Array((text + "\n").utf8)
        if (try? Files.read(path)) != bytes {
            try Files.write(text + "\n", to: path, mode: 0o600)
        }
        return path
    }
}
