import YAML

extension ApplicationPart {
    /// Reads the parts below `applications:`, in the order of the file.
    static func others(_ reader: inout MappingReader, in reading: InventoryReading) -> [ApplicationDraft] {
        let known = reading.surroundings.applications
        guard reader.mapping("applications", what: "the part 'applications'") != nil else { return [] }
        return (reader.value("applications")?.entries ?? []).compactMap { entry in
            guard known.contains(entry.key) else {
                reader.diagnostics.error(
                    "there is no application '\(entry.key)'", at: entry.keyMark,
                    cure: entry.key == openedx
                        ? "it has a part of its own: write 'openedx:' beside 'applications:'"
                        : Suggestion.words(
                            for: entry.key, among: known,
                            otherwise: "known are \(known.joined(separator: ", "))"))
                return nil
            }
            var node = entry.value
            // A name with nothing after it asks for the application as it comes.
            if node.isNull { node = Node(.mapping(Mapping()), mark: entry.keyMark) }
            let what = "the application '\(entry.key)'"
            guard var inner = MappingReader(node, what: what, diagnostics: reader.diagnostics) else {
                return nil
            }
            return read(&inner, of: entry.key, in: reading)
        }
    }
}
