import ArgumentParser
import Inventory
import YAML

/// Where a secret comes from, as a person types it.
struct SecretOrigin: ExpressibleByArgument, CustomStringConvertible {
    /// The source.
    let source: SecretSource

    /// What the help names as the usual one.
    var description: String { "\(source)" }

    /// Takes a source.
    init(source: SecretSource) { self.source = source }

    /// Reads `env:VARIABLE`, `file:PATH`, `command:LINE` or `prompt`; nil when it is none.
    init?(argument: String) {
        let words = argument.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let rest = words.count == 2 ? String(words[1]) : ""
        switch (words.first, rest.isEmpty) {
        case ("env", false): source = .environment(rest)
        case ("file", false): source = .file(rest)
        case ("command", false): source = .command(rest)
        case ("prompt", _) where words.count == 1: source = .prompt
        default: return nil
        }
    }

    /// The same as an inventory has it.
    var yaml: String {
        switch source {
        case .environment(let name): "{ env: \(Quoting.oneLine(name)) }"
        case .file(let path): "{ file: \(Quoting.oneLine(path)) }"
        case .command(let line): "{ command: \(Quoting.oneLine(line)) }"
        // No other is read above.
        default: "prompt"
        }
    }
}
