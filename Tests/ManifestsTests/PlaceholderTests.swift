import Cryptography
import Testing
import YAML

@testable import Manifests

@Suite struct PlaceholderTests {
    private func fill(_ text: String, _ values: Node = ["a": ["b": 5, "c": "x: {y}\n- z", "t": "5"]]) -> (
        Node?, [String]
    ) {
        let diagnostics = Diagnostics()
        let node = YAMLParser.document(text, file: "f", diagnostics: diagnostics)
        let filled = node.map { Placeholders(values: values, diagnostics: diagnostics).filled($0) }
        return (filled, diagnostics.items.map(\.description))
    }

    @Test func aScalarThatIsOnlyAValueKeepsItsType() {
        #expect(fill("k: ${a.b}").0?["k"]?.resolved == .int(5))
        #expect(fill("k: \"${a.b}\"").0?["k"]?.resolved == .int(5))
        #expect(fill("k: ${a.t}").0?["k"]?.resolved == .string("5"))
    }

    @Test func anyOtherIsText() {
        #expect(fill("k: ${a.b}${a.b}").0?["k"]?.resolved == .string("55"))
        #expect(fill("k: p-${a.b}").0?["k"]?.resolved == .string("p-5"))
    }

    @Test func noValueChangesTheStructure() {
        let filled = fill("- k: ${a.c}\n- l: in ${a.c}").0
        #expect(filled?.items?[0]["k"]?.resolved == .string("x: {y}\n- z"))
        #expect(filled?.items?[1]["l"]?.resolved == .string("in x: {y}\n- z"))
        let again = filled.map { Placeholders(values: ["a": 1], diagnostics: Diagnostics()).filled($0) }
        #expect(again?.means(filled ?? .null) == true)
    }

    @Test func dollarsOfOthersStay() {
        #expect(fill("k: $HOME $(A) $${a.b} ${").0?["k"]?.text == "$HOME $(A) ${a.b} ${")
    }

    @Test func unknownPathsAreNamedWithTheirPlace() {
        #expect(fill("k: ${a.bb}").1 == ["f:1:4: there is no value ${a.bb}; did you mean 'b' for 'bb'?"])
        #expect(fill("k: ${a}").1 == ["f:1:4: ${a} is not one value; go on to what is below it"])
    }

    @Test(arguments: ["", "a", "ab", "abc", "pässwörd-😀", "\u{0}\u{7f}"]) func base64ThereAndBack(
        text: String
    ) {
        #expect(Base64.decode(Base64.encode(text)) == text)
    }

    @Test func base64IsThatOfTheRFC() {
        #expect(
            ["", "f", "fo", "foo", "foob"].map(Base64.encode) == ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="])
        #expect(Base64.decode("§") == nil)
    }
}
