extension SecretSource: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Where the secret comes from; never the secret itself, whoever prints a cluster.
    package var description: String {
        switch self {
        case .file(let path): "the file \(path)"
        case .environment(let name): "the environment variable \(name)"
        case .command(let command): "the command '\(command)'"
        case .prompt: "a question on the terminal"
        case .literal, .vault: "the inventory"
        case .vaultFile(let path, let key): "'\(key)' of the vault \(path)"
        }
    }

    /// The same as `description`.
    package var debugDescription: String { description }

    /// Nothing, so that `dump` and the like find no secret.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
