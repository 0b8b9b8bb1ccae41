package import YAML

/// An inventory of Ansible, with the variables that stand beside it in `group_vars` and `host_vars`.
package struct AnsibleInventory: Sendable {
    /// A host with what holds for it.
    package struct Host: Sendable {
        /// Its name in the inventory.
        package let name: String
        /// The groups that it is in, those further out first; the first is `all`.
        package let groups: [String]
        /// Its variables, those of its groups too, by name.
        package let variables: [String: Variable]
    }

    /// The hosts, in the order they are named.
    package let hosts: [Host]
    /// The ids of the vaults whose password is missing.
    package let closed: [String]

    /// Reads an inventory: a file in INI or YAML form, or a folder of such files.
    ///
    /// - Parameters:
    ///   - path: the file or folder.
    ///   - files: how files are looked at.
    ///   - passwords: the passwords of vaults by their id; `default` is for those without one.
    ///   - diagnostics: where errors go, and warnings of what is left out.
    package init(
        _ path: String, files: AnsibleFiles, passwords: [String: String], diagnostics: Diagnostics
    ) {
        var reader = FileReading(
            files: files, vaults: VaultOpener(passwords: passwords), diagnostics: diagnostics)
        reader.read(path)
        let isFolder = files.kind(path) == .folder
        let slash = path.lastIndex(of: "/")
        let folder = isFolder ? path + "/" : slash.map { String(path[...$0]) } ?? ""
        hosts = reader.hosts(besides: folder)
        closed = reader.vaults.closed.sorted()
    }
}
