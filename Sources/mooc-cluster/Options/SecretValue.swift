import ArgumentParser
import Inventory

/// A secret value of the command line, `NAME=SOURCE`, with the sources that the inventory has.
struct SecretValue: ExpressibleByArgument {
    /// The value's name.
    let name: String
    /// Where it comes from.
    let source: SecretSource

    /// Reads `NAME=` and what ``SecretOrigin`` reads; nil when it is none.
    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, let origin = SecretOrigin(argument: String(parts[1]))
        else {
            return nil
        }
        name = String(parts[0])
        source = origin.source
    }
}
