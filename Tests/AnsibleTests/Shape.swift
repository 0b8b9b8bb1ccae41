import Testing

/// An inventory of Ansible for tests: files by their path, of which one, or one folder, is `hosts*`.
struct Shape: CustomTestStringConvertible, Sendable {
    let name: String
    let files: [String: String]
    /// Whether it has vaults, all with the password `swordfish`.
    var hasVault = false

    var testDescription: String { name }

    /// All of them.
    static let all = ini + yaml + files + refused
}
