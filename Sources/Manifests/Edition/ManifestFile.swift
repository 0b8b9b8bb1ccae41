/// A text file below `manifests/`, built into the executable or from a folder beside the inventory.
package struct ManifestFile: Sendable, Hashable {
    /// Path from the repository's root, such as `manifests/openedx/ironwood/mysql.yml`.
    package let path: String
    /// The file's text.
    package let text: String

    /// Makes a file of its path and text.
    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}
