import YAML

extension EditionReading {
    /// Reads `sizes:` and the files of `sizes/`.
    func sizes(_ reader: inout MappingReader) -> [Edition.Size] {
        let known = table(&reader, "sizes") { $0.requiredInt($1, in: 1...Int.max) }
        for file in files where file.path.hasPrefix("\(folder)/sizes/") {
            guard !known.contains(where: { file.path == "\(folder)/sizes/\($0.0).yml" }) else { continue }
            diagnostics.error(
                "\(file.path) belongs to no size, so it would never be read", at: reader.mark(of: "sizes"),
                cure: "name it in 'sizes'")
        }
        return known.compactMap { name, users in
            guard let document = document("sizes/\(name).yml"),
                var profile = MappingReader(document, what: "size '\(name)'", diagnostics: diagnostics)
            else { return nil }
            defer { profile.finish() }
            let replicas = table(&profile, "replicas") { $0.requiredInt($1, in: 0...1000) }
            let pods = profile.requiredValue("pods")
            var values = pods ?? .mapping([:])
            values["connections"] = profile.value("connections")
            return Edition.Size(
                name: name, users: users, replicas: replicas.map { ($0, $1) },
                connections: connections(&profile, pods: pods), values: values)
        }
    }

    private func connections(_ profile: inout MappingReader, pods: Node?) -> Edition.Connections? {
        guard var entry = profile.mapping("connections", what: "connections") else { return nil }
        defer { entry.finish() }
        let ofPods = (pods?.entries ?? []).compactMap { pod -> (String, Int)? in
            guard
                var reader = MappingReader(pod.value, what: "pod '\(pod.key)'", diagnostics: diagnostics)
            else { return nil }
            return reader.int("connections", in: 1...1000).map { (pod.key, $0) }
        }
        return Edition.Connections(
            store: entry.requiredString("store") ?? "", most: entry.requiredInt("most", in: 1...100_000) ?? 0,
            reserve: entry.requiredInt("reserve", in: 0...1000) ?? 0,
            ofPods: ofPods.map { ($0, $1) })
    }
}
