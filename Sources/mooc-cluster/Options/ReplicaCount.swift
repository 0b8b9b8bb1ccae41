import ArgumentParser

/// A service and how many pods it is to have, as a person types it: `lms=3`.
struct ReplicaCount: Sendable, ExpressibleByArgument {
    /// The service.
    let service: String
    /// How many, from 0 to 1000 as in the inventory.
    let count: Int

    /// Reads `SERVICE=NUMBER`; nil for anything else.
    init?(argument: String) {
        let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[1].allSatisfy({ $0.isASCII && $0.isNumber }),
            let count = Int(parts[1]), count <= 1000
        else { return nil }
        service = String(parts[0])
        self.count = count
    }
}
