package import YAML

extension Edition {
    /// Reads an edition of its folder's files.
    ///
    /// - Parameters:
    ///   - folder: the folder with `edition.yml`, such as `manifests/openedx/ironwood`.
    ///   - files: files of `manifests/`; those outside of the folder are passed over.
    ///   - diagnostics: where everything that is wrong is collected.
    /// - Returns: the edition, or nil when something is wrong.
    package static func read(folder: String, files: [ManifestFile], diagnostics: Diagnostics) -> Edition? {
        EditionReading(
            folder: folder, files: files, parsed: ParsedFiles(folder: folder, files: files),
            diagnostics: diagnostics
        ).edition()
    }

    /// The names of the editions that there are for Open edX.
    package static func available(in files: [ManifestFile]) -> [String] {
        files.compactMap { file in
            let parts = file.path.split(separator: "/")
            guard parts.count == 4, parts[1] == "openedx", parts[3] == "edition.yml" else { return nil }
            return String(parts[2])
        }.sorted()
    }

    /// The names of the applications besides Open edX: folders of `manifests/` with an `edition.yml` of their own.
    package static func applications(in files: [ManifestFile]) -> [String] {
        files.compactMap { file in
            let parts = file.path.split(separator: "/")
            guard parts.count == 3, parts[2] == "edition.yml" else { return nil }
            return String(parts[1])
        }.sorted()
    }
}
