/// What a playbook is run with: names of environment variables and their values, which the shell never
/// parses.
package struct Values: Sendable {
    /// A value, open or secret.
    package enum Value: Sendable, Hashable {
        case plain(String)
        case secret(Secret)

        /// The text that the program receives.
        package var revealed: String {
            switch self {
            case .plain(let text): text
            case .secret(let secret): secret.reveal()
            }
        }
    }

    /// Values by name; names are upper case letters, digits and underscores.
    package private(set) var table: [String: Value] = [:]

    /// Makes an empty set.
    package init() {}

    /// An open value, or the text of a secret one; setting makes it open, setting nil removes it.
    package subscript(name: String) -> String? {
        get { table[name]?.revealed }
        set { table[name] = newValue.map { .plain($0) } }
    }

    /// Adds a secret value.
    package mutating func setSecret(_ name: String, _ secret: Secret) { table[name] = .secret(secret) }

    /// Adds a value, open or secret.
    package mutating func set(_ name: String, _ value: Value) { table[name] = value }

    /// Takes another set's values over this one's.
    package mutating func merge(_ other: Values) { table.merge(other.table) { $1 } }

    /// The texts of all secret values that are long enough to be told from ordinary words, for redaction.
    package var secretTexts: [String] {
        table.values.compactMap { value in
            guard case .secret(let secret) = value, secret.reveal().count >= 4 else { return nil }
            return secret.reveal()
        }
    }
}
