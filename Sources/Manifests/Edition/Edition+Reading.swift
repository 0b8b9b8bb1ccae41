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
        var reading = EditionReading(folder: folder, files: files, diagnostics: diagnostics)
        return reading.edition()
    }

    /// The names of the editions that there are for Open edX.
    package static func available(in files: [ManifestFile]) -> [String] {
        files.compactMap { file in
            let parts = file.path.split(separator: "/")
            guard parts.count == 4, parts[1] == "openedx", parts[3] == "edition.yml" else { return nil }
            return String(parts[2])
        }.sorted()
    }
}

/// The state of reading one edition.
private struct EditionReading {
    let folder: String
    let files: [ManifestFile]
    let diagnostics: Diagnostics

    mutating func edition() -> Edition? {
        let before = diagnostics.items.count
        guard let head = document("edition.yml"),
            var reader = MappingReader(head, what: "the edition", diagnostics: diagnostics)
        else { return nil }
        let edition = Edition(
            name: reader.requiredString("edition") ?? "",
            title: reader.requiredString("title") ?? "",
            waves: waves(&reader),
            images: table(&reader, "images") { reader, key in reader.requiredString(key) }.map { ($0, $1) },
            replicas: table(&reader, "replicas") { $0.requiredInt($1, in: 0...1000) }.map { ($0, $1) },
            ports: table(&reader, "ports") { $0.requiredInt($1, in: 1...65535) }.map { ($0, $1) },
            names: names(&reader), claims: claims(&reader), secrets: secrets(&reader),
            localVolume: document("storage/local.yml") ?? Node.mapping([:]),
            nfsVolume: document("storage/nfs.yml") ?? Node.mapping([:]))
        reader.finish()
        let found = diagnostics.items[before...]
        return found.contains { $0.severity == .error } ? nil : edition
    }

    private func text(_ name: String, at mark: Mark?) -> ManifestFile? {
        let file = files.first { $0.path == "\(folder)/\(name)" }
        if file == nil { diagnostics.error("there is no file \(folder)/\(name)", at: mark) }
        return file
    }

    private func document(_ name: String) -> Node? {
        text(name, at: nil).flatMap {
            YAMLParser.document($0.text, file: $0.path, diagnostics: diagnostics)
        }
    }

    private func waves(_ reader: inout MappingReader) -> [Edition.Wave] {
        var used: Set<String> = ["edition.yml"]
        let waves = (reader.requiredSequence("waves") ?? []).compactMap { node -> Edition.Wave? in
            guard var wave = MappingReader(node, what: "a wave", diagnostics: diagnostics) else { return nil }
            let name = wave.requiredString("name") ?? ""
            let names = wave.strings("files") ?? []
            let timeout = wave.int("timeout", in: 1...86_400) ?? 600
            wave.finish()
            used.formUnion(names)
            let mark = wave.mark(of: "files")
            return Edition.Wave(
                name: name, objects: names.flatMap { objects(of: $0, at: mark) }, timeout: timeout)
        }
        for file in files where file.path.hasPrefix(folder + "/") && file.path.hasSuffix(".yml") {
            let name = String(file.path.dropFirst(folder.count + 1))
            guard !name.contains("/"), !used.contains(name) else { continue }
            diagnostics.error(
                "\(file.path) belongs to no wave, so it would never be applied",
                at: reader.mark(of: "waves"), cure: "name it in the 'files' of a wave")
        }
        return waves
    }

    private func objects(of name: String, at mark: Mark?) -> [Node] {
        guard let file = text(name, at: mark) else { return [] }
        let documents = YAMLParser.documents(
            Array(file.text.utf8), file: file.path, diagnostics: diagnostics)
        for document in documents where ManifestObject(document) == nil {
            diagnostics.error(
                "this is no Kubernetes object", at: document.mark,
                cure: "it needs apiVersion, kind and metadata.name")
        }
        return documents
    }

    private func table<Value>(
        _ reader: inout MappingReader, _ key: String,
        _ read: (inout MappingReader, String) -> Value?
    ) -> [(String, Value)] {
        guard var table = reader.mapping(key, what: key), let node = reader.value(key) else { return [] }
        return (node.entries ?? []).compactMap { entry in
            read(&table, entry.key).map { (entry.key, $0) }
        }
    }

    private func names(_ reader: inout MappingReader) -> [Edition.ServiceName] {
        (reader.sequence("names") ?? []).compactMap { node in
            guard var entry = MappingReader(node, what: "a name", diagnostics: diagnostics) else {
                return nil
            }
            let name = Edition.ServiceName(
                service: entry.requiredString("service") ?? "",
                offset: entry.requiredInt("offset", in: 1...65_534) ?? 0,
                names: entry.strings("names") ?? [], mark: node.mark)
            entry.finish()
            return name
        }
    }

    private func claims(_ reader: inout MappingReader) -> [Edition.Claim] {
        table(&reader, "claims") { table, name in
            guard var entry = table.requiredMapping(name, what: "claim '\(name)'") else { return nil }
            let claim = Edition.Claim(
                name: name, size: entry.requiredString("size") ?? "",
                owner: entry.string("owner") ?? "0:0", mode: entry.string("mode") ?? "0755",
                shared: entry.bool("shared") ?? false)
            entry.finish()
            return claim
        }.map(\.1)
    }

    private func secrets(_ reader: inout MappingReader) -> [Edition.SecretKey] {
        table(&reader, "secrets") { table, name in
            guard var entry = table.requiredMapping(name, what: "secret '\(name)'") else { return nil }
            let key = Edition.SecretKey(
                name: name, length: entry.requiredInt("length", in: 16...256) ?? 32,
                fixed: entry.bool("fixed") ?? false)
            entry.finish()
            return key
        }.map(\.1)
    }
}
