import Ansible
import Console
import Glibc
import Inventory
import Playbook
import YAML

/// Reads an inventory of Ansible for `init --from`.
struct AnsibleTakeover {
    /// What came of it.
    struct Outcome {
        /// What is to be written.
        let starter: Starter
        /// What could not be taken over.
        let warnings: [Diagnostic]
        /// What was guessed.
        let guesses: [String]
    }

    private let source: String
    private let target: String
    private let context: Context
    /// The files with passwords of vaults, by id, as the person named them.
    private let passwordFiles: [String: String]

    /// Prepares; nothing is read yet.
    ///
    /// - Parameters:
    ///   - source: the inventory of Ansible, a file or folder.
    ///   - target: the inventory that is to be written.
    ///   - passwordFiles: files with passwords of vaults, `FILE` or `ID@FILE`.
    ///   - context: what is outside of the process.
    init(_ source: String, to target: String, passwordFiles: [String], _ context: Context) {
        self.source = source.count > 1 && source.hasSuffix("/") ? String(source.dropLast()) : source
        self.target = target
        self.context = context
        let pairs = passwordFiles.map { word -> (String, String) in
            guard let sign = word.firstIndex(of: "@") else { return ("default", word) }
            return (String(word[..<sign]), String(word[word.index(after: sign)...]))
        }
        self.passwordFiles = Dictionary(pairs) { $1 }
    }

    /// Reads it; passwords that no file gives are asked for where a person is there.
    ///
    /// - Throws: `InvalidInput` with everything that is wrong, what reading password files throws, and what asking
    ///   throws.
    func perform() async throws -> Outcome {
        var passwords: [String: String] = [:]
        let reader = SecretReader(context, vaults: [:])
        for (id, file) in passwordFiles {
            passwords[id] = try await reader.secret(.file(file), what: "The password of the vault '\(id)'")
                .reveal()
        }
        while true {
            let diagnostics = Diagnostics()
            let inventory = AnsibleInventory(
                source, files: files, passwords: passwords, diagnostics: diagnostics)
            if !inventory.closed.isEmpty, context.console.canAsk {
                for id in inventory.closed {
                    // Each has its own, so they are not asked for as one source.
                    let password = try await context.console.secret("The password of the vault '\(id)'")
                    context.redaction.add(Secret(password))
                    passwords[id] = password
                }
                continue
            }
            if diagnostics.hasErrors { throw InvalidInput(diagnostics.sorted) }
            let sources = passwordFiles.mapValues { "{ file: \(Quoting.oneLine(placed($0) ?? $0)) }" }
            let takeover = Takeover(of: inventory, vaults: sources, place: placed, diagnostics: diagnostics)
            if diagnostics.hasErrors { throw InvalidInput(diagnostics.sorted) }
            return Outcome(
                starter: takeover.starter, warnings: diagnostics.sorted, guesses: takeover.guesses)
        }
    }

    /// A file as the new inventory has to name it: relative paths start at its folder there, and here at the present
    /// one; nil where there is no such file.
    private func placed(_ path: String) -> String? {
        guard Files.mode(context.path(path)) != nil else { return nil }
        if path.hasPrefix("/") || path.hasPrefix("~/") || !target.contains("/") { return path }
        guard let whole = realpath(path, nil) else { return nil }
        defer { free(whole) }
        return String(cString: whole)
    }

    private var files: AnsibleFiles {
        AnsibleFiles(
            kind: { [context] path in
                var facts = stat()
                guard fstatat(AT_FDCWD, context.path(path), &facts, 0) == 0 else { return nil }
                let isFolder = facts.st_mode & S_IFMT == S_IFDIR
                return isFolder ? .folder : .file(isProgram: facts.st_mode & 0o111 != 0)
            },
            read: { [context] in try? Files.read(context.path($0)) },
            names: { [context] in Files.names(in: context.path($0)) })
    }
}
