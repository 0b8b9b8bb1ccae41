import YAML

/// A part that asks for an application as it was read, with the places of the nodes that it names.
struct ApplicationDraft {
    /// What was read, or stands for what was not.
    var part: ApplicationPart
    /// What it is, for messages: `the part 'openedx'`.
    var what: String
    /// Each name of a node, and where it stands.
    var nodes: [(name: String, mark: Mark?)]
}

extension ApplicationPart {
    /// Reads the part of an application.
    static func read(
        _ reader: inout MappingReader, of application: String, in reading: InventoryReading
    ) -> ApplicationDraft {
        var nodes: [(name: String, mark: Mark?)] = []
        let volumeNodes = reader.entries("volumeNodes").compactMap {
            entry -> (claim: String, node: String)? in
            guard let node = reader.text(entry.value, of: "volumeNodes.\(entry.key)") else { return nil }
            nodes.append((node, entry.value.mark))
            return (entry.key, node)
        }
        let isPlatform = application == openedx
        let edition = isPlatform ? edition(&reader, in: reading.surroundings) : ""
        var part = ApplicationPart(
            application: application, edition: edition ?? "", host: "", namespace: application,
            storage: .local(root: standardRoot, node: nil), volumeNodes: volumeNodes, secrets: [], images: [],
            replicas: [], mark: reader.mark)
        let known = edition == nil ? nil : reading.surroundings.edition(part.folder)
        if let known { check(&reader, against: known) }
        if isPlatform || known?.options.contains("host") != false {
            part.host = reader.requiredString("host", as: .hostName) ?? ""
        }
        part.namespace = reader.string("namespace", as: .label) ?? part.namespace
        part.storage = storage(&reader, nodes: &nodes) ?? part.storage
        part.volumeSizes = reader.texts("volumeSizes", as: .size).map { (claim: $0.key, size: $0.value) }
        part.secrets = secrets(&reader, in: reading)
        part.images = reader.texts("images", as: .image).map { (name: $0.key, reference: $0.value) }
        part.replicas = counts(&reader, "replicas", in: 0...1000)
        part.registry = reader.string("registry", as: .image)
        part.certificate = certificate(&reader, in: reading)
        part.readChoices(&reader, of: known, in: reading)
        reader.finish()
        return ApplicationDraft(part: part, what: reader.what, nodes: nodes)
    }

    /// Names that the edition must know.
    private static func check(
        _ reader: inout MappingReader, against edition: Cluster.Surroundings.KnownEdition
    ) {
        let parts = [
            ("images", "image", edition.images), ("replicas", "service with replicas", edition.replicas),
            ("maxReplicas", "service with replicas", edition.replicas),
            ("secrets", "secret", edition.secrets), ("volumeNodes", "claim", edition.claims),
            ("volumeSizes", "claim", edition.claims),
        ]
        for (key, what, known) in parts {
            for entry in reader.value(key)?.entries ?? [] where !known.contains(entry.key) {
                unknown(entry.key, what, among: known, reader, key, at: entry.keyMark)
            }
        }
    }

    /// The edition of an inventory that names none, where there is one of that name.
    private static var standardEdition: String { "verawood" }

    /// The folder that holds all volumes of a node.
    private static var standardRoot: String { "/var/lib/mooc-cluster" }

    private static func edition(_ reader: inout MappingReader, in surroundings: Cluster.Surroundings)
        -> String?
    {
        if !reader.has("edition"), surroundings.editions.contains(standardEdition) { return standardEdition }
        guard surroundings.editions.isEmpty else {
            return reader.requiredChoice("edition", of: surroundings.editions)
        }
        return reader.requiredString("edition", as: .label)
    }

    private static func storage(
        _ reader: inout MappingReader, nodes: inout [(name: String, mark: Mark?)]
    ) -> Storage? {
        guard let node = reader.value("storage") else { return nil }
        if case .scalar = node.content {
            if node.text == "nfs" {
                reader.diagnostics.error(
                    "'storage' of \(reader.what) is nfs and does not say where", at: node.mark,
                    cure: "write {nfs: {server: …, path: …}}")
            } else if node.text == "class" {
                reader.diagnostics.error(
                    "'storage' of \(reader.what) is class and does not say which", at: node.mark,
                    cure: "write {class: …}, with the name of a StorageClass")
            } else {
                _ = reader.choice("storage", of: ["local", "nfs", "class"])
            }
            return nil
        }
        let what = "'storage' of \(reader.what)"
        guard var outer = reader.mapping("storage", what: what) else { return nil }
        defer { outer.finish() }
        let (isLocal, isNFS) = (outer.has("local"), outer.has("nfs"))
        let name = outer.string("class", as: .hostName)
        let shared = outer.string("sharedClass", as: .hostName)
        var local = outer.mapping("local", what: "'local' of \(what)")
        var nfs =
            isNFS ? outer.requiredMapping("nfs", what: "'nfs' of \(what)") : outer.mapping("nfs", what: "")
        if [isLocal, isNFS, outer.has("class")].filter(\.self).count != 1 {
            reader.diagnostics.error(
                "\(what) must be one of local, nfs and class", at: node.mark, cure: "keep one of them")
        } else if outer.has("sharedClass"), !outer.has("class") {
            reader.diagnostics.error(
                "'sharedClass' of \(what) counts with 'class' alone", at: outer.mark(of: "sharedClass"),
                cure: "take it out")
        }
        if let server = nfs?.requiredString("server", as: .address),
            let path = nfs?.requiredString("path", as: .absolutePath)
        {
            nfs?.finish()
            return .nfs(server: server, path: path)
        }
        nfs?.finish()
        if let name { return .storageClass(name, shared: shared ?? name) }
        guard isLocal else { return nil }
        let root = local?.string("root", as: .absolutePath) ?? standardRoot
        let chosen = local?.string("node", as: .label)
        if let chosen { nodes.append((chosen, local?.mark(of: "node"))) }
        local?.finish()
        return .local(root: root, node: chosen)
    }

    private static func certificate(
        _ reader: inout MappingReader, in reading: InventoryReading
    ) -> CertificateFiles? {
        let what = "'certificate' of \(reader.what)"
        guard var inner = reader.mapping("certificate", what: what) else { return nil }
        defer { inner.finish() }
        _ = inner.requiredValue("chain")
        _ = inner.requiredValue("key")
        guard let chain = reading.existingFile("chain", in: &inner),
            let key = reading.existingFile("key", in: &inner)
        else { return nil }
        if let mode = reading.surroundings.fileMode(key), mode & 0o077 != 0 {
            reader.diagnostics.warning(
                "the key of \(what) is in a file that others may read (mode 0\(String(mode & 0o777, radix: 8)))",
                at: inner.mark(of: "key"), cure: "chmod 600 \(key)")
        }
        return CertificateFiles(chain: chain, key: key)
    }

    private static func secrets(
        _ reader: inout MappingReader, in reading: InventoryReading
    ) -> [(name: String, source: SecretSource)] {
        reader.entries("secrets").compactMap { entry in
            SecretSource.read(entry.value, named: "the secret '\(entry.key)' of \(reader.what)", in: reading)
                .map { (entry.key, $0) }
        }
    }
}
