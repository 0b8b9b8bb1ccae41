import Testing
import YAML

@Suite("Suggestions")
struct SuggestionTests {
    @Test(arguments: [
        ("", "", 0), ("", "abc", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("kitten", "sitting", 3),
        ("ca", "abc", 3),
        ("verison", "version", 1),
    ])
    func distance(left: String, right: String, distance: Int) {
        #expect(Suggestion.distance(left, right) == distance)
        #expect(Suggestion.distance(right, left) == distance)
    }

    @Test(
        arguments: [
            ("verison", "version"), ("adress", "address"), ("Role", "role"), ("addr", "address"),
            ("rolle", "role"),
            ("colour", nil), ("x", nil), ("name", "name"), ("vversionn", "version"), ("keys", "key"),
        ] as [(String, String?)])
    func nearest(word: String, near: String?) {
        #expect(Suggestion.nearest(to: word, among: ["version", "address", "role", "name", "key"]) == near)
    }

    @Test("nothing is near to nothing")
    func none() { #expect(Suggestion.nearest(to: "a", among: []) == nil) }
}
