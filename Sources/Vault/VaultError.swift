/// Why a vault does not open.
package enum VaultError: Error, Sendable, Hashable {
    /// It is no vault that Ansible writes; what is wrong with it.
    case malformed(String)
    /// The password is another one, or somebody has changed the vault.
    case wrongPassword
}

extension VaultError: CustomStringConvertible {
    /// What is wrong, as words that follow the name of the vault.
    package var description: String {
        switch self {
        case .malformed(let reason): "is no vault of Ansible: \(reason)"
        case .wrongPassword: "does not open with this password, or was changed by somebody else"
        }
    }
}
