import Testing
import YAML

@Suite("Limits of what a file may ask")
struct LimitsTests {
    @Test("a billion laughs is refused where it passes the limit")
    func billionLaughs() {
        var text = "a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
        for (name, before) in zip("bcdefghi", "abcdefgh") {
            text +=
                "\(name): &\(name) [" + Array(repeating: "*\(before)", count: 9).joined(separator: ", ")
                + "]\n"
        }
        let reading = reading(text)
        #expect(
            reading.problems == [
                "7:8: aliases up to '*f' make more than 1000000 values of this file; "
                    + "write the values out, or fewer of them"
            ])
    }

    @Test("some thousands of values are counted exactly", arguments: [(4_999, 0), (5_000, 1)])
    func budget(items: Int, errors: Int) {
        let text = String(repeating: "- x\n", count: items)
        let diagnostics = Diagnostics()
        let limits = YAMLParser.Limits(nodes: 5_000)
        _ = YAMLParser.documents(Array(text.utf8), file: "f", limits: limits, diagnostics: diagnostics)
        #expect(lines(diagnostics) == (errors == 0 ? [] : ["5000:3: the file has more than 5000 values"]))
    }

    @Test("aliases within the budget are fine")
    func fewAliases() throws {
        let node = try good("a: &a [1, 2, 3]\nb: [*a, *a]\n")
        #expect(node["b"]?.items?.compactMap { $0.items?.count } == [3, 3])
    }

    @Test("nesting is followed to 200 and not further")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try good(nested(200))
        #expect(reading(nested(201)).problems == ["1:201: lists and mappings nest deeper than 200 here"])
        #expect(reading(nested(100_000)).problems == ["1:201: lists and mappings nest deeper than 200 here"])
    }

    @Test("a mapping with many keys finds its duplicates")
    func manyKeys() {
        let text = (0..<5_000).map { "k\($0): \($0)\n" }.joined() + "k17: x\nk4999: y\n"
        #expect(
            reading(text).problems == [
                "5001:1: the key 'k17' stands twice in one mapping, first at f:18:1; keep one of them",
                "5002:1: the key 'k4999' stands twice in one mapping, first at f:5000:1; keep one of them",
            ])
    }
}
