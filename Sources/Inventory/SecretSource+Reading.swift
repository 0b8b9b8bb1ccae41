import Vault
import YAML

extension SecretSource {
    /// Reads where a secret comes from: `prompt`, a mapping with one of `file`, `env`, `command` and
    /// `vault`, the secret, or the secret as `ansible-vault` encrypted it.
    ///
    /// No message names the text of a secret, wrong as it may be.
    static func read(_ node: Node, named name: String, in reading: InventoryReading) -> SecretSource? {
        let diagnostics = reading.diagnostics
        switch node.content {
        case .scalar(let scalar):
            guard case .string(let text) = scalar.resolved, scalar.legacy == nil else {
                diagnostics.error("\(name) is not a text as it stands", at: node.mark, cure: "quote it")
                return nil
            }
            if text == "prompt" { return .prompt }
            if Vault.isVault(text) {
                do throws(VaultError) {
                    return .vault(try Vault(text))
                } catch {
                    diagnostics.error(
                        "\(name) \(error)", at: node.mark, cure: "copy it again, all of its lines")
                    return nil
                }
            }
            guard !text.isEmpty, !text.contains(where: \.isNewline) else {
                diagnostics.error("\(name) must be one line that is not empty", at: node.mark)
                return nil
            }
            if let mode = reading.surroundings.inventoryMode, mode & 0o077 != 0 {
                diagnostics.error(
                    "\(name) is written in a file that others may read (mode 0\(String(mode & 0o777, radix: 8)))",
                    at: node.mark, cure: "chmod 600 \(reading.file), or write {file: …}, {env: …} or prompt")
            }
            return .literal(text)
        case .mapping:
            guard var reader = MappingReader(node, what: name, diagnostics: diagnostics) else { return nil }
            let file = reading.existingFile("file", in: &reader)
            if let file, let mode = reading.surroundings.fileMode(file), mode & 0o077 != 0 {
                diagnostics.warning(
                    "\(name) is in a file that others may read (mode 0\(String(mode & 0o777, radix: 8)))",
                    at: reader.mark(of: "file"), cure: "chmod 600 \(file)")
            }
            let vault = reading.existingFile("vault", in: &reader)
            let key = reader.string("key")
            if (vault == nil) != (key == nil), reader.has("vault") != reader.has("key") {
                diagnostics.error(
                    "\(name) needs 'vault' and 'key' together", at: node.mark,
                    cure: "write {vault: FILE, key: NAME}")
            }
            let inVault = vault.flatMap { path in key.map { SecretSource.vaultFile(path, key: $0) } }
            let sources = [
                inVault,
                file.map { SecretSource.file($0) },
                reader.string("env", as: .word).map { SecretSource.environment($0) },
                reader.string("command").map { SecretSource.command($0) },
            ].compactMap { $0 }
            let written = ["file", "env", "command", "vault"].filter { reader.has($0) }
            if written.count != 1 {
                diagnostics.error(
                    "\(name) must have one source, not \(written.count)", at: node.mark,
                    cure: "write one of file, env, command and vault, or prompt in place of the mapping")
            }
            reader.finish()
            return sources.first
        case .sequence:
            diagnostics.error(
                "\(name) must say where the secret comes from, and is a list", at: node.mark,
                cure: "write {file: …}, {env: …}, {command: …} or prompt")
            return nil
        }
    }
}
