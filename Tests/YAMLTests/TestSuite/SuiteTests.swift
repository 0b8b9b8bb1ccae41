import Testing
import YAML

@Suite struct SuiteTests {
    @Test func probe() throws {
        for one in SuiteCase.all {
            let d = Diagnostics()
            let nodes = YAMLParser.documents(one.yaml, file: "f", diagnostics: d)
            let first = d.sorted.first.map(\.description) ?? ""
            if d.hasErrors {
                if one.isError { print("SUITE refused-right \(one.id) \(one.title) | \(first)") } else {
                    print("SUITE refused-valid \(one.id) \(one.title) | \(first)")
                }
            } else if one.isError { print("SUITE taken-invalid \(one.id) \(one.title)") }
            else if let json = one.json {
                let values = try JSONValue.stream(json)
                let same = values.count == nodes.count && zip(values, nodes).allSatisfy { $0.isMeant(by: $1) }
                print("SUITE \(same ? "taken-right" : "taken-WRONG") \(one.id) \(one.title) | \(nodes.map { $0.json() }) vs \(json.debugDescription)")
            } else { print("SUITE taken-nojson \(one.id) \(one.title) | \(nodes.map { $0.json() })") }
        }
    }
}
