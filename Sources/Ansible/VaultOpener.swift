import Vault
import YAML

/// Opens vaults whose password is known.
struct VaultOpener {
    /// Passwords by the vault's id.
    let passwords: [String: String]
    /// Those that are missing.
    private(set) var closed: Set<String> = []

    init(passwords: [String: String]) { self.passwords = passwords }

    /// The text of a vault; nil, with an error, where it does not open.
    mutating func open(_ text: String, at mark: Mark?, _ diagnostics: Diagnostics) -> String? {
        do throws(VaultError) {
            let vault = try Vault(text)
            let id = vault.name
            if let password = passwords[id] { return try vault.open(password: password) }
            closed.insert(id)
            diagnostics.error(
                "this is encrypted, and the password of the vault '\(id)' is not known", at: mark,
                cure: "give --vault-password-file \(id == "default" ? "" : id + "@")FILE")
        } catch {
            diagnostics.error("what is encrypted here \(error)", at: mark)
        }
        return nil
    }
}

extension Vault {
    /// The name of its password, as an inventory of ours and `--vault-password-file` have it.
    var name: String { id ?? "default" }
}
