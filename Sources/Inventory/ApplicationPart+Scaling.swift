import YAML

extension ApplicationPart {
    /// Reads what may grow with its load, and by which kind of autoscaler.
    mutating func readScaling(
        _ reader: inout MappingReader, of edition: Cluster.Surroundings.KnownEdition?
    ) {
        maxReplicas = Self.counts(&reader, "maxReplicas", in: 1...1000)
        let known = edition?.autoscalers ?? []
        autoscaler =
            known.isEmpty ? reader.string("autoscaler") : reader.choice("autoscaler", of: known)
        if reader.has("autoscaler"), !reader.has("maxReplicas") {
            reader.diagnostics.error(
                "'autoscaler' of \(reader.what) counts with 'maxReplicas' alone",
                at: reader.mark(of: "autoscaler"), cure: "take it out, or name the services that may grow")
        }
    }

    /// Numbers of pods, by service.
    static func counts(
        _ reader: inout MappingReader, _ key: String, in range: ClosedRange<Int>
    ) -> [(service: String, count: Int)] {
        guard var counts = reader.mapping(key, what: "'\(key)' of \(reader.what)") else { return [] }
        return reader.entries(key).compactMap { entry in
            counts.int(entry.key, in: range).map { (entry.key, $0) }
        }
    }
}
