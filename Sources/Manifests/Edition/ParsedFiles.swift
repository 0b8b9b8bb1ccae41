import YAML

/// The files of an edition, parsed on all processors at once.
struct ParsedFiles: Sendable {
    /// What a file holds.
    struct Contents: Sendable {
        /// Its documents.
        let documents: [Node]
        /// What is wrong with it.
        let diagnostics: [Diagnostic]
    }

    private let contents: [String: Contents]

    /// Parses those of a folder, but for what another release's settings are read by.
    init(folder: String, files: [ManifestFile]) {
        let ours = files.filter { file in
            file.path.hasPrefix(folder + "/") && file.path.hasSuffix(".yml")
                && !file.path.hasPrefix(folder + "/import/")
        }
        let parsed = ours.concurrentMap { file in
            let diagnostics = Diagnostics()
            let documents = YAMLParser.documents(
                Array(file.text.utf8), file: file.path, diagnostics: diagnostics)
            return Contents(documents: documents, diagnostics: diagnostics.items)
        }
        contents = Dictionary(zip(ours.map(\.path), parsed)) { first, _ in first }
    }

    /// What a file holds; nil where there is no such file.
    subscript(path: String) -> Contents? { contents[path] }
}
