internal import YAML

/// What becomes of each setting of a Tutor site in an edition: its file `import/tutor.yml`.
struct TutorTable {
    /// Keys that become keys of `openedx:`.
    let texts: [(key: String, option: String)]
    /// Keys that become images.
    let images: [(key: String, image: String)]
    /// Keys that become secrets.
    let secrets: [(key: String, secret: String)]
    /// Where a store is when it is not Tutor's own.
    let stores: [Store]
    /// Keys that may have no other than some values.
    let refused: [Group]
    /// Keys that are passed over.
    let left: [Group]
    /// Keys that mean nothing here.
    let unused: Set<String>
    /// Plugins whose work the edition always does, and what that means for a site without them.
    let always: [(plugin: String, because: String)]
    /// Plugins that have nothing like them here, and why.
    let without: [(plugin: String, because: String)]

    /// The keys that say where a store is.
    struct Store {
        /// The edition's name for it.
        let name: String
        /// The key that is false when it is elsewhere.
        let run: String
        /// The key of its host.
        let host: String
        /// The key of its port.
        let port: String
        /// The key of the user that logs in; nil where there is none.
        let user: String?
        /// The key of that user's password, and the secret that it becomes; nil where it is listed among the secrets.
        let password: (key: String, secret: String)?
        /// Keys that are true where TLS is spoken, and how it is called here.
        let tls: [(key: String, way: String)]
        /// Further keys of a store here, and Tutor's.
        let more: [(option: String, key: String)]

        /// All of its keys.
        var keys: [String] {
            [run, host, port] + [user, password?.key].compactMap(\.self) + tls.map(\.key) + more.map(\.key)
        }
    }

    /// Keys with one reason.
    struct Group {
        /// Why, and what to do.
        let because: String
        /// Each key, and the values of which nothing is to be said.
        let keys: [(name: String, values: [String])]
    }

    /// Every key that stands in some list.
    var known: Set<String> {
        unused.union(texts.map(\.key) + images.map(\.key) + secrets.map(\.key))
            .union(stores.flatMap(\.keys))
            .union((refused + left).flatMap { $0.keys.map(\.name) })
    }

    /// Reads the table of an edition; nil where it has none, or with what is wrong.
    init?(edition: String, files: [ManifestFile], diagnostics: Diagnostics) {
        let path = "manifests/openedx/\(edition)/import/tutor.yml"
        guard let file = files.first(where: { $0.path == path }),
            let node = YAMLParser.document(file.text, file: path, diagnostics: diagnostics),
            var reader = MappingReader(node, what: "the table of Tutor's keys", diagnostics: diagnostics)
        else { return nil }
        func pairs(_ key: String, of node: Node? = nil) -> [(String, String)] {
            ((node ?? reader.value(key))?.entries ?? []).map { ($0.key, $0.value.text ?? "") }
        }
        func groups(_ key: String) -> [Group] {
            (reader.sequence(key) ?? []).compactMap { node in
                guard var group = MappingReader(node, what: "a group", diagnostics: diagnostics) else {
                    return nil
                }
                defer { group.finish() }
                let keys = group.requiredValue("keys")?.entries ?? []
                return Group(
                    because: group.requiredString("because") ?? "",
                    keys: keys.map { ($0.key, ($0.value.items ?? []).compactMap(\.text)) })
            }
        }
        texts = pairs("texts")
        images = pairs("images")
        secrets = pairs("secrets")
        stores = (reader.value("stores")?.entries ?? []).compactMap { entry in
            guard let run = entry.value["run"]?.text, let host = entry.value["host"]?.text,
                let port = entry.value["port"]?.text
            else { return nil }
            let password = (entry.value["password"]?.entries?.first).map { ($0.key, $0.value.text ?? "") }
            return Store(
                name: entry.key, run: run, host: host, port: port, user: entry.value["user"]?.text,
                password: password, tls: pairs("tls", of: entry.value["tls"] ?? .null),
                more: pairs("more", of: entry.value["more"] ?? .null))
        }
        refused = groups("refused")
        left = groups("left")
        unused = Set(reader.strings("unused") ?? [])
        let plugins = reader.value("plugins")
        always = pairs("always", of: plugins?["always"] ?? .null)
        without = pairs("left", of: plugins?["left"] ?? .null)
        reader.finish()
    }
}
