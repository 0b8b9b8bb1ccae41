import YAML

extension Mirrors {
    /// No mirrors: everything comes from the Internet's own places.
    static var none: Mirrors { Mirrors(kubernetes: nil, registries: [], proxy: nil, noProxy: []) }

    /// Reads the `mirrors:` part.
    static func read(_ reader: inout MappingReader) -> Mirrors {
        let mirrors = Mirrors(
            kubernetes: reader.string("kubernetes", as: .url),
            registries: reader.texts("registries", as: .url).map { (registry: $0.key, url: $0.value) },
            proxy: reader.string("proxy", as: .url),
            noProxy: reader.list("noProxy", as: .word).map(\.text))
        for entry in reader.entries("registries") where !TextForm.isRegistry(entry.key) {
            reader.diagnostics.error(
                "'\(entry.key)' in 'registries' of \(reader.what) is no registry", at: entry.keyMark,
                cure: "write its host, such as docker.io or registry.example.edu:5000")
        }
        reader.finish()
        return mirrors
    }
}

extension TextForm {
    /// Whether a text is a registry as image references name it: a host, perhaps with a port.
    fileprivate static func isRegistry(_ text: String) -> Bool { endpoint.wrong(text) == nil }
}
