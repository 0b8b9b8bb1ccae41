import Vault
import YAML

/// Reads the files of an inventory.
struct FileReading {
    /// The variables that say how a host is reached, and so must be read although they are encrypted; what logs in
    /// stays encrypted.
    private static let secrets = [
        "ansible_become_password", "ansible_become_pass", "ansible_sudo_pass", "ansible_password",
        "ansible_ssh_pass",
        "ansible_ssh_password",
    ]

    private let files: AnsibleFiles
    /// Opens what is encrypted.
    private(set) var vaults: VaultOpener
    private let diagnostics: Diagnostics
    private var tree = GroupTree()

    /// Prepares; nothing is read yet.
    init(files: AnsibleFiles, vaults: VaultOpener, diagnostics: Diagnostics) {
        self.files = files
        self.vaults = vaults
        self.diagnostics = diagnostics
    }

    /// Reads a file, or the files of a folder in the order of their names.
    mutating func read(_ path: String) {
        let mark = Mark(file: path, line: 1, column: 1)
        switch files.kind(path) {
        case .folder:
            let names = files.names(path).sorted().filter(Self.isRead)
            for name in names { read("\(path)/\(name)") }
        case .file(isProgram: true) where files.read(path)?.starts(with: Array("#!".utf8)) == true:
            diagnostics.error(
                "this is a program that finds hosts", at: mark,
                cure:
                    "write down what it finds: ansible-inventory -i \(path) --list --yaml, and take that over"
            )
        case .file: read(file: path, at: mark)
        case nil: diagnostics.error("there is no such file", at: mark)
        }
    }

    /// Whether a name in a folder of inventories is one of them.
    private static func isRead(_ name: String) -> Bool {
        let others = [
            ".pyc", ".pyo", ".swp", ".bak", ".rpm", ".md", ".txt", ".rst", ".orig", ".cfg", ".retry",
        ]
        return !name.hasPrefix(".") && !name.hasSuffix("~") && !others.contains(AnsibleFiles.ending(of: name))
            && !["group_vars", "host_vars", "vars_plugins"].contains(name)
    }

    private mutating func read(file: String, at mark: Mark) {
        guard let bytes = files.read(file) else {
            diagnostics.error("this file cannot be read", at: mark)
            return
        }
        guard let text = open(bytes, at: mark) else { return }
        let ending = AnsibleFiles.ending(of: file)
        if ["", ".yml", ".yaml", ".json"].contains(ending) {
            let own = Diagnostics()
            let node = YAMLParser.document(text, file: file, diagnostics: own)
            // Without an ending, an INI file is no mapping for a reader of YAML.
            if let node, !own.hasErrors, node.entries != nil {
                return YAMLReading(diagnostics: diagnostics).read(node, into: &tree)
            }
            if !ending.isEmpty {
                if let node, !own.hasErrors { YAMLReading(diagnostics: diagnostics).read(node, into: &tree) }
                return diagnostics.add(contentsOf: own.sorted)
            }
        }
        var reading = INIReading(file: file, diagnostics: diagnostics)
        reading.read(text, into: &tree)
    }

    /// The text of a file, of which the whole may be encrypted.
    private mutating func open(_ bytes: [UInt8], at mark: Mark) -> String? {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            diagnostics.error("this is not UTF-8", at: mark)
            return nil
        }
        return Vault.isVault(text) ? vaults.open(text, at: mark, diagnostics) : text
    }

    /// The hosts with their variables: those of groups, those of files beside it, those of the host itself, and those
    /// of its own file, where the later ones count.
    ///
    /// - Parameter folder: where `group_vars` and `host_vars` are, with a slash at its end; empty for the present one.
    /// - Returns: the hosts in the order they are named.
    mutating func hosts(besides folder: String) -> [AnsibleInventory.Host] {
        var known: [String: [Variable]] = [:]
        return tree.hosts.map { host in
            let groups = tree.groups(of: host)
            var variables: [String: Variable] = [:]
            for group in groups { variables.merge(tree.groups[group]?.variables ?? [:]) { $1 } }
            for group in groups {
                let found = known[group] ?? self.variables(of: group, in: folder + "group_vars")
                known[group] = found
                for variable in found { variables[variable.name] = variable }
            }
            variables.merge(tree.variables[host] ?? [:]) { $1 }
            for variable in self.variables(of: host, in: folder + "host_vars") {
                variables[variable.name] = variable
            }
            return AnsibleInventory.Host(
                name: host, groups: groups, variables: variables.mapValues { opened($0) })
        }
    }

    private mutating func variables(of name: String, in folder: String) -> [Variable] {
        // Ansible takes a name that begins so for the folder of a chroot.
        if name.hasPrefix("/") { return [] }
        var variables: [Variable] = []
        for file in files.variables(of: name, in: folder) {
            let mark = Mark(file: file, line: 1, column: 1)
            guard let bytes = files.read(file) else {
                diagnostics.warning("this file cannot be read, and is left out", at: mark)
                continue
            }
            let vault = try? Vault(String(decoding: bytes, as: UTF8.self))
            guard let text = open(bytes, at: mark) else { continue }
            let own = Diagnostics()
            let nodes = YAMLParser.documents(Array(text.utf8), file: file, diagnostics: own)
            // What playbooks do with YAML is no reason to refuse the hosts; what it says may quote what was encrypted.
            if own.hasErrors, vault != nil {
                diagnostics.warning("this is not all YAML once it is open", at: mark)
            } else {
                for found in own.sorted { diagnostics.warning(found.message, at: found.mark) }
            }
            for entry in nodes.first?.entries ?? [] {
                variables.append(Variable(entry.key, entry.value, file: file, vault: vault?.name))
            }
        }
        return variables
    }

    /// A variable that says how its host is reached, with its text where that is encrypted.
    private mutating func opened(_ variable: Variable) -> Variable {
        guard variable.name.hasPrefix("ansible_"), !Self.secrets.contains(variable.name),
            let text = variable.text, Vault.isVault(text),
            let open = vaults.open(text, at: variable.value.mark, diagnostics)
        else { return variable }
        return Variable(
            variable.name, Node(.scalar(Scalar(open, style: .doubleQuoted)), mark: variable.value.mark))
    }
}
