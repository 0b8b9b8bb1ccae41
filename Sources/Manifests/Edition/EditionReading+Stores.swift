import YAML

extension EditionReading {
    /// Reads `stores:`.
    func stores(_ reader: inout MappingReader, _ waves: [Edition.Wave]) -> [Edition.Store] {
        table(&reader, "stores") { table, name in
            guard var entry = table.requiredMapping(name, what: "store '\(name)'") else { return nil }
            defer { entry.finish() }
            _ = entry.strings("given")
            _ = entry.choice("authority", of: ["optional", "required"])
            let login = login(&entry)
            let more = self.table(&entry, "more") { $0.requiredString($1) }
            return Edition.Store(
                name: name, host: entry.requiredString("host") ?? "",
                port: entry.requiredInt("port", in: 1...65535) ?? 0, part: part(&entry, waves),
                outsideFiles: entry.strings("outside") ?? [], reaches: entry.string("reaches") ?? "",
                login: login, tls: entry.strings("tls") ?? [], more: more.map { ($0, $1) })
        }.map(\.1)
    }

    private func login(_ store: inout MappingReader) -> Edition.Store.Login? {
        guard var entry = store.mapping("login", what: "login") else { return nil }
        defer { entry.finish() }
        return Edition.Store.Login(
            secret: entry.requiredString("secret") ?? "", variable: entry.string("variable"),
            userVariable: entry.string("userVariable"),
            user: entry.string("user"))
    }

    /// Reads `authorities:`.
    func authorities(_ reader: inout MappingReader) -> Edition.Authorities? {
        guard var entry = reader.mapping("authorities", what: "authorities") else { return nil }
        defer { entry.finish() }
        return Edition.Authorities(
            file: entry.requiredString("file") ?? "", folder: entry.requiredString("folder") ?? "")
    }
}
