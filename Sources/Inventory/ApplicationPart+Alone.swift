package import YAML

extension ApplicationPart {
    /// Reads and checks a part `openedx` that stands in no inventory yet.
    ///
    /// - Parameters:
    ///   - part: the part; what is wrong is reported at the places of its nodes.
    ///   - inventory: the file that it is for, where relative paths start.
    ///   - surroundings: what is around that file.
    ///   - diagnostics: where everything that is wrong is collected.
    /// - Returns: what was read; to be used when nothing is wrong.
    package static func read(
        part: Node, for inventory: String, in surroundings: Cluster.Surroundings, diagnostics: Diagnostics
    ) -> ApplicationPart? {
        guard var reader = MappingReader(part, what: "the part 'openedx'", diagnostics: diagnostics) else {
            return nil
        }
        let reading = InventoryReading(file: inventory, surroundings: surroundings, diagnostics: diagnostics)
        return read(&reader, of: openedx, in: reading).part
    }
}
