/// A text file that the executable carries: a playbook or a manifest.
package struct Asset: Sendable, Hashable {
    /// Path below the repository's root, such as `playbooks/swap.yml`.
    package let path: String
    /// The file's text.
    package let text: String

    /// Makes an asset of a path and its text.
    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}

extension Asset {
    /// Every file of `playbooks/` and `manifests/`, in order of path.
    package static var builtIn: [Asset] { builtInAssets }
}
