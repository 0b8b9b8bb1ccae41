import YAML

extension Mirrors {
    /// No mirrors: everything comes from the Internet's own places.
    static var none: Mirrors { Mirrors(kubernetes: nil, registries: [], proxy: nil, noProxy: []) }

    /// Reads the `mirrors:` part.
    static func read(_ reader: inout MappingReader, in reading: InventoryReading) -> Mirrors {
        let packages = TextForm.openURL(
            orElse:
                "put the login into a file below /etc/apt/auth.conf.d of the hosts, as apt_auth.conf(5) says",
            naming: "${minor}")
        let images = TextForm.openURL(orElse: "container runtimes take no login for a mirror")
        let mirrors = Mirrors(
            kubernetes: reader.string("kubernetes", as: packages),
            registries: reader.texts("registries", as: images).map { (registry: $0.key, url: $0.value) },
            proxy: proxy(&reader, in: reading),
            noProxy: reader.list("noProxy", as: .word).map(\.text))
        for entry in reader.entries("registries") where !TextForm.isRegistry(entry.key) {
            reader.diagnostics.error(
                "'\(entry.key)' in 'registries' of \(reader.what) is no registry", at: entry.keyMark,
                cure: "write its host, such as docker.io or registry.example.edu:5000")
        }
        reader.finish()
        return mirrors
    }

    /// The proxy; a password in its URL asks for an inventory that nobody else may read.
    private static func proxy(_ reader: inout MappingReader, in reading: InventoryReading) -> Proxy? {
        guard let proxy = reader.string("proxy", as: .url).map({ Proxy($0) }) else { return nil }
        guard let password = proxy.password, let user = proxy.user else { return proxy }
        let mark = reader.mark(of: "proxy")
        if let mode = reading.surroundings.inventoryMode, mode & 0o077 != 0 {
            reader.diagnostics.error(
                "the proxy's password is written in a file that others may read (mode 0\(String(mode & 0o777, radix: 8)))",
                at: mark, cure: "chmod 600 \(reading.file)")
        }
        if user.isEmpty || password.isEmpty || (user + password).contains(where: \.isWhitespace) {
            reader.diagnostics.error(
                "the proxy's login is not a name and a password without white space", at: mark,
                cure: "write http://name:password@host:port; apt takes no other")
        }
        return proxy
    }
}

extension TextForm {
    /// Whether a text is a registry as image references name it: a host, perhaps with a port.
    fileprivate static func isRegistry(_ text: String) -> Bool { endpoint.wrong(text) == nil }
}
