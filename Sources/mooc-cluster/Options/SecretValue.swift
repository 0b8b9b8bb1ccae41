import ArgumentParser
import Inventory

/// A secret value of the command line, `NAME=SOURCE`, with the sources that the inventory has.
struct SecretValue: ExpressibleByArgument {
    /// The value's name.
    let name: String
    /// Where it comes from.
    let source: SecretSource

    /// Reads `NAME=env:VARIABLE`, `NAME=file:PATH`, `NAME=command:LINE` or `NAME=prompt`; nil when it is none.
    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return nil }
        name = String(parts[0])
        let words = parts[1].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let rest = words.count == 2 ? String(words[1]) : ""
        switch (words.first, rest.isEmpty) {
        case ("env", false): source = .environment(rest)
        case ("file", false): source = .file(rest)
        case ("command", false): source = .command(rest)
        case ("prompt", _) where words.count == 1: source = .prompt
        default: return nil
        }
    }
}
