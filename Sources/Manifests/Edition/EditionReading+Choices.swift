import YAML

extension EditionReading {
    /// Reads `tls:`, the usual way first.
    func tls(_ reader: inout MappingReader, _ waves: [Edition.Wave]) -> [Edition.TLS] {
        guard var outer = reader.mapping("tls", what: "tls") else { return [] }
        let usual = outer.requiredString("usual")
        let ways = table(&outer, "choices") { table, name -> Edition.TLS? in
            guard var entry = table.requiredMapping(name, what: "the choice '\(name)' of tls") else {
                return nil
            }
            defer { entry.finish() }
            let values = entry.value("values")?.entries ?? []
            _ = entry.strings("needs")
            return Edition.TLS(
                name: name, values: values.map { ($0.key, $0.value) }, changes: changes(&entry, waves),
                files: entry.strings("files") ?? [], secrets: entry.strings("secrets") ?? [],
                authority: entry.string("authority"))
        }.map(\.1)
        outer.finish()
        if let usual, !ways.contains(where: { $0.name == usual }) {
            diagnostics.error("tls has no choice '\(usual)'", at: outer.mark(of: "usual"))
        }
        return ways.filter { $0.name == usual } + ways.filter { $0.name != usual }
    }

    /// Reads `edge:`, the usual way first.
    func edges(_ reader: inout MappingReader, _ waves: [Edition.Wave]) -> [Edition.Edge] {
        guard var outer = reader.mapping("edge", what: "edge") else { return [] }
        let usual = outer.requiredString("usual")
        let ways = table(&outer, "choices") { table, name -> Edition.Edge? in
            guard var entry = table.requiredMapping(name, what: "the choice '\(name)' of edge") else {
                return nil
            }
            defer { entry.finish() }
            _ = entry.strings("needs")
            _ = entry.strings("tls")
            return Edition.Edge(
                name: name, files: entry.strings("files") ?? [], http: changes(&entry, waves, in: "http"),
                https: changes(&entry, waves, in: "https"))
        }.map(\.1)
        outer.finish()
        if let usual, !ways.contains(where: { $0.name == usual }) {
            diagnostics.error("edge has no choice '\(usual)'", at: outer.mark(of: "usual"))
        }
        return ways.filter { $0.name == usual } + ways.filter { $0.name != usual }
    }

    /// Reads `s3:`.
    func s3(_ reader: inout MappingReader, _ waves: [Edition.Wave]) -> Edition.S3? {
        guard var entry = reader.mapping("s3", what: "s3") else { return nil }
        defer { entry.finish() }
        let buckets = table(&entry, "buckets") { $0.requiredString($1) }
        return Edition.S3(buckets: buckets.map { ($0, $1) }, part: part(&entry, waves))
    }

    /// Reads `autoscaler:`, the usual kind first.
    func autoscalers(_ reader: inout MappingReader) -> [Edition.Autoscaler] {
        guard var outer = reader.mapping("autoscaler", what: "autoscaler") else { return [] }
        let usual = outer.requiredString("usual")
        let kinds = table(&outer, "choices") { table, name -> Edition.Autoscaler? in
            guard var entry = table.requiredMapping(name, what: "the choice '\(name)' of autoscaler") else {
                return nil
            }
            defer { entry.finish() }
            return Edition.Autoscaler(name: name, files: entry.strings("files") ?? [])
        }.map(\.1)
        outer.finish()
        if let usual, !kinds.contains(where: { $0.name == usual }) {
            diagnostics.error("autoscaler has no choice '\(usual)'", at: outer.mark(of: "usual"))
        }
        return kinds.filter { $0.name == usual } + kinds.filter { $0.name != usual }
    }

    /// Reads the files of `balancer/`.
    func balancers() -> [Edition.Balancer] {
        let place = "\(folder)/balancer/"
        return files.filter { $0.path.hasPrefix(place) && $0.path.hasSuffix(".yml") }.compactMap { file in
            let name = String(file.path.dropFirst(place.count).dropLast(".yml".count))
            return document("balancer/\(name).yml").map { Edition.Balancer(name: name, template: $0) }
        }
    }

    /// Reads `services:`.
    func services(_ reader: inout MappingReader, _ waves: [Edition.Wave]) -> [Edition.Service] {
        table(&reader, "services") { table, name in
            guard var entry = table.requiredMapping(name, what: "service '\(name)'") else { return nil }
            defer { entry.finish() }
            return Edition.Service(
                name: name, title: entry.requiredString("title") ?? "", part: part(&entry, waves))
        }.map(\.1)
    }

    /// Names that one part of the edition has of another must be there, and every change must be some choice's.
    func checkNames(_ edition: Edition, at mark: Mark?) {
        let parts =
            edition.services.map(\.part) + edition.stores.map(\.part) + (edition.s3.map { [$0.part] } ?? [])
        let changes =
            parts.flatMap(\.changes) + edition.tls.flatMap(\.changes)
            + edition.edges.flatMap { $0.http + $0.https }
        let used = Set(changes.compactMap(\.mark?.file))
        for file in files where file.path.hasPrefix("\(folder)/changes/") && !used.contains(file.path) {
            diagnostics.error(
                "\(file.path) belongs to no choice, so it would never be applied", at: mark,
                cure: "name it in the 'changes' of a service, a store or a way of tls, or in a choice of edge"
            )
        }
        let secrets = edition.secrets.flatMap(\.form.sources)
        let workloads = edition.waves.flatMap(\.objects).compactMap { ManifestObject($0) }
            .filter(\.isWorkload).map(\.name)
        let lookedAfter = edition.manage.map(\.service) + (edition.queues.map { [$0] } ?? [])
        let stores = edition.stores.flatMap(\.outsideFiles) + [edition.authorities?.file].compactMap(\.self)
        let ways =
            edition.edges.flatMap(\.files) + edition.tls.flatMap(\.files)
            + edition.autoscalers.flatMap(\.files)
        let passwords = edition.stores.compactMap(\.login?.secret)
        let authorities = edition.tls.flatMap { $0.secrets + [$0.authority].compactMap(\.self) }
        let named: [(String, [String], [String])] = [
            ("workload", lookedAfter, workloads),
            ("file", parts.flatMap(\.files) + stores + ways, edition.waves.flatMap { $0.files.map(\.name) }),
            ("claim", parts.flatMap(\.claims), edition.claims.map(\.name)),
            (
                "secret", parts.flatMap(\.secrets) + secrets + passwords + authorities,
                edition.secrets.map(\.name)
            ),
            (
                "service with replicas", edition.sizes.flatMap { $0.replicas.map(\.service) },
                edition.replicas.map(\.service)
            ),
        ]
        for (what, names, known) in named {
            for name in names where !known.contains(name) {
                let near = Suggestion.nearest(to: name, among: known)
                diagnostics.error(
                    "the edition has no \(what) '\(name)'", at: mark,
                    cure: near.map { "did you mean '\($0)'?" })
            }
        }
    }

    /// What belongs to an entry.
    func part(_ entry: inout MappingReader, _ waves: [Edition.Wave]) -> Edition.Part {
        Edition.Part(
            files: entry.strings("files") ?? [], changes: changes(&entry, waves),
            claims: entry.strings("claims") ?? [], secrets: entry.strings("secrets") ?? [])
    }

    /// The objects of the files of `changes/` that an entry names below a key; each must change one that there is.
    private func changes(
        _ entry: inout MappingReader, _ waves: [Edition.Wave], in key: String = "changes"
    ) -> [Node] {
        let mark = entry.mark(of: key)
        let changes = (entry.strings(key) ?? []).flatMap { objects(of: "changes/\($0)", at: mark) }
        let known = waves.flatMap(\.objects)
        for change in changes where !known.contains(where: { change.isChange(of: $0) }) {
            diagnostics.error(
                "there is no such object to change", at: change.mark,
                cure: "put it into a file of a wave, or mend its kind or name")
        }
        return changes
    }
}
