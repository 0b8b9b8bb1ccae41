import Foundation
import Testing
import YAML

/// What was read and what was wrong with it, each as `line:column: message; cure`.
struct Reading {
    var node: Node?
    var problems: [String]
}

/// Reads one document as the file `f`.
func reading(_ text: String) -> Reading {
    let diagnostics = Diagnostics()
    let node = YAMLParser.document(text, file: "f", diagnostics: diagnostics)
    return Reading(node: node, problems: lines(diagnostics))
}

/// What was collected, without the file's name.
func lines(_ diagnostics: Diagnostics) -> [String] {
    diagnostics.sorted.map { $0.description.replacing("f:", with: "", maxReplacements: 1) }
}

/// Reads a document that must be right.
func good(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Node {
    let reading = reading(text)
    #expect(reading.problems == [], sourceLocation: sourceLocation)
    return try #require(reading.node, sourceLocation: sourceLocation)
}

/// The text of a file in Golden/.
func golden(_ name: String) throws -> String {
    let url = try #require(Bundle.module.url(forResource: "Golden/" + name, withExtension: nil))
    return try String(contentsOf: url, encoding: .utf8)
}
