import ArgumentParser

/// A label of a node, as a person types it: `disk=ssd`.
struct NodeLabel: Sendable, ExpressibleByArgument {
    /// Its key.
    let key: String
    /// Its value; may be empty.
    let value: String

    /// Reads `KEY=VALUE`, which is checked with the inventory; nil for anything else.
    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return nil }
        key = String(parts[0])
        value = String(parts[1])
    }
}
