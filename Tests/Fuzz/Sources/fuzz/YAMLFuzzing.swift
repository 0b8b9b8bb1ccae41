import YAML

/// Whatever is read without an error is written as text that means the same, in YAML and in JSON, and is written
/// the same again; whatever is not is refused with a place.
enum YAMLFuzzing: Fuzzing {
    static func run(_ bytes: [UInt8]) {
        guard let nodes = read(bytes) else { return }
        let yaml = nodes.yamlDocuments()
        guard let again = read(Array(yaml.utf8)) else { fatalError("not read back: \(yaml)") }
        expect(nodes.count == again.count, "\(nodes.count) documents became \(again.count)")
        for (node, other) in zip(nodes, again) {
            expect(node.means(other), "read back otherwise: \(node.json()), \(other.json())")
        }
        expect(again.yamlDocuments() == yaml, "written otherwise the second time: \(yaml)")
        for node in nodes {
            let json = node.json(pretty: true)
            guard let other = read(Array(json.utf8)), other.count == 1 else { fatalError("no JSON: \(json)") }
            expect(other[0].json() == node.json(), "JSON became \(other[0].json())")
        }
    }

    /// The documents, or nil if anything is wrong with them.
    private static func read(_ bytes: [UInt8]) -> [Node]? {
        let diagnostics = Diagnostics()
        let limits = YAMLParser.Limits(depth: 100, nodes: 20_000)
        let nodes = YAMLParser.documents(bytes, file: "f", limits: limits, diagnostics: diagnostics)
        for item in diagnostics.items { expect(item.mark != nil && !item.message.isEmpty, "\(item) has no place") }
        return diagnostics.hasErrors ? nil : nodes
    }
}
