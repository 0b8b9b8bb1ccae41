/// The passwords and keys of an edition, by key; printing it shows nothing of them.
package struct SecretValues: Sendable, CustomStringConvertible, CustomReflectable {
    private var values: [String: String]

    /// Takes values by key.
    package init(_ values: [String: String] = [:]) { self.values = values }

    /// The keys that have a value, sorted.
    package var keys: [String] { values.keys.sorted() }

    /// The value of a key, for the Secret and for standard input of what needs it, and for nothing else.
    package func reveal(_ key: String) -> String? { values[key] }

    /// Shows how many there are.
    package var description: String { "\(values.count) secrets" }
    /// Shows nothing of the values to `dump` and debuggers.
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension SecretValues {
    /// Decides every value of an edition: what the operator gives, else what the cluster has, else a new one.
    ///
    /// - Parameters:
    ///   - edition: the edition, for its list of keys.
    ///   - given: what the operator gives.
    ///   - existing: what the cluster's Secret holds.
    ///   - generator: where randomness comes from; letters and digits are drawn evenly.
    /// - Returns: a value for every key of the edition.
    /// - Throws: ``ManifestError/fixedSecret(_:)`` when one is given that a database already has otherwise.
    package static func resolved(
        for edition: Edition, given: SecretValues, existing: SecretValues,
        using generator: inout some RandomNumberGenerator
    ) throws(ManifestError) -> SecretValues {
        var values: [String: String] = [:]
        for key in edition.secrets {
            let old = existing.values[key.name]
            let new = given.values[key.name]
            if key.fixed, let old, let new, old != new { throw .fixedSecret(key.name) }
            values[key.name] = new ?? old ?? made(of: key.length, using: &generator)
        }
        return SecretValues(values)
    }

    private static func made(of length: Int, using generator: inout some RandomNumberGenerator) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        return String((0..<length).map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)] })
    }
}
