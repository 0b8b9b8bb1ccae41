import YAML

/// The state of reading one edition.
struct EditionReading {
    /// The folder with `edition.yml`.
    let folder: String
    /// Files of `manifests/`.
    let files: [ManifestFile]
    /// What those of the folder hold.
    let parsed: ParsedFiles
    /// Where everything that is wrong is collected.
    let diagnostics: Diagnostics

    /// The edition; nil when something is wrong.
    func edition() -> Edition? {
        let before = diagnostics.items.count
        guard let head = document("edition.yml"),
            var reader = MappingReader(head, what: "the edition", diagnostics: diagnostics)
        else { return nil }
        let waves = waves(&reader)
        let claims = claims(&reader)
        func volume(_ file: String) -> Node { (claims.isEmpty ? nil : document(file)) ?? Node.mapping([:]) }
        let edition = Edition(
            application: String(folder.dropFirst("manifests/".count).prefix { $0 != "/" }),
            name: reader.requiredString("edition") ?? "",
            title: reader.requiredString("title") ?? "", follows: reader.strings("follows"),
            platformName: reader.string("platformName") ?? "",
            waves: waves,
            images: table(&reader, "images") { reader, key in reader.requiredString(key) }.map { ($0, $1) },
            replicas: table(&reader, "replicas") { $0.requiredInt($1, in: 0...1000) }.map { ($0, $1) },
            ports: table(&reader, "ports") { $0.requiredInt($1, in: 1...65535) }.map { ($0, $1) },
            names: names(&reader), claims: claims, secrets: secrets(&reader),
            options: reader.strings("options") ?? [], tls: tls(&reader, waves), edges: edges(&reader, waves),
            balancers: balancers(),
            stores: stores(&reader, waves), authorities: authorities(&reader),
            services: services(&reader, waves), sizes: sizes(&reader),
            s3: s3(&reader, waves), autoscalers: autoscalers(&reader),
            manage: manage(&reader), demoCourse: reader.string("demoCourse"), queues: reader.string("queues"),
            shared: shared(),
            localVolume: volume("storage/local.yml"), nfsVolume: volume("storage/nfs.yml"))
        _ = table(&reader, "ended") { $0.requiredString($1) }
        reader.finish()
        checkNames(edition, at: reader.mark)
        let found = diagnostics.items[before...]
        return found.contains { $0.severity == .error } ? nil : edition
    }

    private func contents(of name: String, at mark: Mark?) -> ParsedFiles.Contents? {
        let path = "\(folder)/\(name)"
        guard let contents = parsed[path] else {
            diagnostics.error("there is no file \(path)", at: mark)
            return nil
        }
        diagnostics.add(contentsOf: contents.diagnostics)
        return contents
    }

    /// A file's one document.
    func document(_ name: String) -> Node? {
        guard let contents = contents(of: name, at: nil) else { return nil }
        return YAMLParser.document(
            contents.documents, file: "\(folder)/\(name)", isSound: contents.diagnostics.isEmpty,
            diagnostics: diagnostics)
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
                name: name, files: names.map { ($0, objects(of: $0, at: mark)) }, timeout: timeout)
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

    /// The objects of a file of the folder.
    func objects(of name: String, at mark: Mark?) -> [Node] {
        guard let documents = contents(of: name, at: mark)?.documents else { return [] }
        for document in documents where ManifestObject(document) == nil {
            diagnostics.error(
                "this is no Kubernetes object", at: document.mark,
                cure: "it needs apiVersion, kind and metadata.name")
        }
        return documents
    }

    /// The entries of a mapping, in the order of the file.
    func table<Value>(
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

    private func manage(_ reader: inout MappingReader) -> [Edition.Manage] {
        table(&reader, "manage") { table, name in
            guard var entry = table.requiredMapping(name, what: "manage.py of '\(name)'") else { return nil }
            defer { entry.finish() }
            return Edition.Manage(
                part: name, service: entry.requiredString("service") ?? "",
                command: entry.strings("command") ?? [])
        }.map(\.1)
    }

    private func secrets(_ reader: inout MappingReader) -> [Edition.SecretKey] {
        table(&reader, "secrets") { table, name in
            guard var entry = table.requiredMapping(name, what: "secret '\(name)'") else { return nil }
            defer { entry.finish() }
            return Edition.SecretKey(
                name: name, form: form(&entry), fixed: entry.bool("fixed") ?? false)
        }.map(\.1)
    }

    private func form(_ entry: inout MappingReader) -> Edition.SecretKey.Form {
        switch entry.choice(
            "form",
            of: ["letters", "uuid", "rsa", "rsa-public", "hmac", "authority-key", "authority-certificate"])
        {
        case "uuid": .uuid
        case "rsa": .rsa(entry.requiredInt("length", in: 2048...8192) ?? 2048)
        case "rsa-public": .rsaPublic(of: entry.requiredString("of") ?? "")
        case "hmac": .hmac(of: entry.requiredString("of") ?? "", by: entry.requiredString("by") ?? "")
        case "authority-key": .authorityKey
        case "authority-certificate": .authorityCertificate(of: entry.requiredString("of") ?? "")
        default: .letters(entry.requiredInt("length", in: 16...256) ?? 32)
        }
    }
}
