import Testing
import YAML

/// The public YAML test suite: what we take is read as it says, all else is refused with a place.
@Suite(.enabled(if: !SuiteCase.all.isEmpty, "the public YAML test suite cannot be had here"))
struct SuiteTests {
    @Test func everyCaseIsReadAsItSaysOrRefused() throws {
        var taken = 0
        var refused = 0
        for one in SuiteCase.all {
            let diagnostics = Diagnostics()
            let nodes = YAMLParser.documents(one.yaml, file: "f", diagnostics: diagnostics)
            if diagnostics.hasErrors {
                refused += 1
                #expect(
                    one.isError || SuiteRefusal.reason(for: one.id) != nil,
                    "\(one) is refused: \(diagnostics.items)")
                #expect(diagnostics.items.allSatisfy { $0.mark != nil }, "\(one) is refused without a place")
                continue
            }
            taken += 1
            #expect(!one.isError, "\(one) is no YAML, and taken")
            #expect(SuiteRefusal.reason(for: one.id) == nil, "\(one) is taken, and stands among the refused")
            let values = try JSONValue.stream(
                try #require(one.json, "\(one) means nothing that JSON can say"))
            #expect(values.count == nodes.count, "\(one)")
            for (value, node) in zip(values, nodes) {
                #expect(value.isMeant(by: node), "\(one) is read as \(node.json())")
            }
        }
        #expect((taken, refused) == (201, 201))
    }

    @Test func whatIsRefusedOnPurposeIsInTheSuite() {
        let valid = Set(SuiteCase.all.filter { !$0.isError }.map(\.id))
        for refusal in SuiteRefusal.all { #expect(refusal.cases.isSubset(of: valid), "\(refusal.reason)") }
    }
}
