import YAML

extension ApplicationPart {
    /// Reads the stores that are elsewhere, and how they are reached; their secrets have been read before.
    mutating func readStores(
        _ reader: inout MappingReader, of edition: Cluster.Surroundings.KnownEdition?,
        in reading: InventoryReading
    ) {
        guard var outer = reader.mapping("stores", what: "'stores' of \(reader.what)") else {
            checkPasswords(reader, of: edition)
            return
        }
        stores = reader.entries("stores").compactMap { entry in
            let known = edition?.stores.first { $0.name == entry.key }
            if let edition, edition.options.contains("stores"), known == nil {
                Self.unknown(
                    entry.key, "store", among: edition.stores.map(\.name), reader, "stores", at: entry.keyMark
                )
            }
            let what = "the store '\(entry.key)' of \(reader.what)"
            guard var store = outer.requiredMapping(entry.key, what: what) else { return nil }
            defer { store.finish() }
            guard let host = store.requiredString("host", as: .address) else { return nil }
            var outside = OutsideStore(name: entry.key, host: host, port: store.int("port", in: 1...65535))
            readLogin(of: &outside, &store, known, at: entry.keyMark)
            Self.readTLS(of: &outside, &store, known, in: reading)
            return outside
        }
        checkPasswords(reader, of: edition)
    }

    private func readLogin(
        of outside: inout OutsideStore, _ store: inout MappingReader, _ known: KnownStore?, at mark: Mark?
    ) {
        outside.user = store.string("user", as: .account)
        for key in known?.more ?? [] {
            if let text = store.string(key, as: .account) { outside.more[key] = text }
        }
        guard let known else { return }
        guard let password = known.password else {
            if store.has("user") {
                store.diagnostics.error(
                    "'user' of \(store.what) means nothing to the edition, which does not log in there",
                    at: store.mark(of: "user"), cure: "take it out")
            }
            return
        }
        let isGiven = secrets.contains { $0.name == password }
        if store.has("user"), !isGiven, !known.given.contains(password) {
            store.diagnostics.error(
                "\(store.what) has a user, so its secret '\(password)' cannot be made up",
                at: store.mark(of: "user"), cure: "give it in 'secrets'")
        }
        if isGiven, known.needsUser, !store.has("user") {
            store.diagnostics.error(
                "\(store.what) has no 'user' that its secret '\(password)' could belong to", at: mark,
                cure: "add 'user: …', or take the secret out")
        }
    }

    private static func readTLS(
        of outside: inout OutsideStore, _ store: inout MappingReader, _ known: KnownStore?,
        in reading: InventoryReading
    ) {
        outside.authority = reading.existingFile("authority", in: &store)
        outside.authorityMark = store.mark(of: "authority")
        guard let known else {
            _ = store.value("tls")
            return
        }
        if known.tls.isEmpty {
            for key in ["tls", "authority"] where store.has(key) {
                _ = store.value(key)
                store.diagnostics.error(
                    "'\(key)' of \(store.what) means nothing to the edition, which knows no TLS there",
                    at: store.mark(of: key), cure: "take it out")
            }
            return
        }
        outside.tls =
            known.hasPlainTLS ? store.bool("tls").map { "\($0)" } : store.choice("tls", of: known.tls)
        let isPlain = outside.tls ?? known.tls.first == known.tls.first
        if known.needsAuthority, !isPlain, !store.has("authority") {
            store.diagnostics.error(
                "'tls' of \(store.what) needs 'authority', as what reaches it knows no authority by itself",
                at: store.mark(of: "tls"), cure: "name the PEM file of who has certified it: 'authority: …'")
        }
        if store.has("authority"), isPlain {
            let ways = known.tls.dropFirst().map { "'tls: \($0)'" }.joined(separator: " or ")
            store.diagnostics.error(
                "'authority' of \(store.what) counts with \(ways) alone", at: outside.authorityMark,
                cure: "take it out, or set 'tls'")
        }
    }

    /// Passwords that stores outside need, and those that count with such a store alone.
    private func checkPasswords(_ reader: MappingReader, of edition: Cluster.Surroundings.KnownEdition?) {
        for known in edition?.stores ?? [] {
            if stores.contains(where: { $0.name == known.name }) {
                for key in known.given where !secrets.contains(where: { $0.name == key }) {
                    reader.diagnostics.error(
                        "the store '\(known.name)' is outside, so its secret '\(key)' cannot be made up",
                        at: reader.mark(of: "stores"), cure: "give it in 'secrets' of \(reader.what)")
                }
            } else if let key = known.password, !known.given.contains(key),
                secrets.contains(where: { $0.name == key })
            {
                reader.diagnostics.error(
                    "the secret '\(key)' of \(reader.what) counts with 'stores.\(known.name)' alone",
                    at: reader.mark(of: "secrets"), cure: "take it out, or say where that store is")
            }
        }
    }
}
