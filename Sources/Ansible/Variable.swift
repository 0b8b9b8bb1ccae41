package import YAML

/// A variable of a host or group.
package struct Variable: Sendable {
    /// Its name.
    package let name: String
    /// Its value, with its place.
    package let value: Node
    /// The file of variables where it stands at the top, and so can be named from an inventory of ours; nil where it
    /// stands elsewhere.
    package let file: String?
    /// The name of the password of that file, where the whole of it is encrypted.
    package let vault: String?

    init(_ name: String, _ value: Node, file: String? = nil, vault: String? = nil) {
        self.name = name
        self.value = value
        self.file = file
        self.vault = vault
    }

    /// Its text, whatever its type; nil for null, lists and mappings.
    package var text: String? { value.isNull ? nil : value.text }
}
