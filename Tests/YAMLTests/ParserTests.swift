import Testing
import YAML

@Suite("Reading YAML")
struct ParserTests {
    @Test("values, styles and places are kept")
    func places() throws {
        let node = try good("a: 1\nb:\n  - 'x'\n  - \"y\"\nc: |\n  two\n  lines\nd: >\n  one\n  line\n")
        #expect(node.entries?.map(\.key) == ["a", "b", "c", "d"])
        #expect(node["a"]?.mark == Mark(file: "f", line: 1, column: 4))
        #expect(node["b"]?.items?.map(\.mark?.description) == ["f:3:5", "f:4:5"])
        #expect(node["b"]?.items?.map(\.text) == ["x", "y"])
        #expect(node["c"]?.text == "two\nlines\n")
        #expect(node["d"]?.text == "one line\n")
        #expect(node.entries?.last?.keyMark?.description == "f:8:1")
        guard case .scalar(let scalar)? = node["c"]?.content else {
            Issue.record("no scalar")
            return
        }
        #expect(scalar.style == .literal)
    }

    @Test("columns count characters, not bytes")
    func columns() throws {
        #expect(try good("नाम: {é: x}")["नाम"]?["é"]?.mark?.column == 10)
    }

    @Test("a byte order mark is taken away and not counted")
    func byteOrderMark() throws {
        let node = try good("\u{FEFF}a: 1\n")
        #expect(node.entries?.first?.key == "a")
        #expect(node.mark?.description == "f:1:1")
    }

    @Test("JSON is read")
    func json() throws {
        let node = try good("{\n\t\"a\": [1, true, null, \"x\\/y\\u00e9\\n\"],\"b\":{}}")
        #expect(node["a"]?.items?.map(\.resolved) == [.int(1), .bool(true), .null, .string("x/yé\n")])
        #expect(node["b"]?.entries?.isEmpty == true)
    }

    @Test("CRLF line ends are line ends")
    func carriageReturns() throws {
        let node = try good("a: x\r\nb: |\r\n  1\r\n  2\r\n")
        #expect(node["a"]?.text == "x")
        #expect(node["b"]?.text == "1\n2\n")
    }

    @Test(
        "a stream has as many documents as it says",
        arguments: [("", 0), ("# only\n", 0), ("---\n", 1), ("a\n--- b\n---\nc: d\n...\n", 3)])
    func documents(text: String, count: Int) {
        let diagnostics = Diagnostics()
        #expect(YAMLParser.documents(Array(text.utf8), file: "f", diagnostics: diagnostics).count == count)
        #expect(lines(diagnostics) == [])
    }

    @Test("one document is one document")
    func oneDocument() {
        #expect(reading("").problems == ["1:1: the file is empty"])
        #expect(
            reading("a: 1\n---\nb: 2\n").problems == [
                "3:1: a second document starts here, and this file holds only one; "
                    + "take away the '---' line before it, or move the document to a file of its own"
            ])
    }

    @Test("an alias stands at its own place, its inside at the anchor's")
    func aliases() throws {
        let node = try good("a: &x {k: v}\nb: *x\nc: &x 2\nd: *x\n")
        #expect(node["b"]?.mark?.description == "f:2:4")
        #expect(node["b"]?["k"]?.mark?.description == "f:1:11")
        #expect(node["d"]?.resolved == .int(2))
    }

    @Test("a quoted << is a key")
    func quotedMerge() throws {
        #expect(try good("'<<': 1")["<<"]?.resolved == .int(1))
    }

    @Test("reading goes on after what can be read past")
    func severalErrors() {
        let reading = reading("a: 1\na: 2\nb: !x 3\nc: *none\n<<: {}\nd: 4\n")
        #expect(reading.problems.map { String($0.prefix(4)) } == ["2:1:", "3:4:", "4:4:", "5:1:"])
        #expect(reading.node?["a"]?.text == "1")
        #expect(reading.node?["d"]?.text == "4")
    }

    @Test("documents before a broken one are given")
    func brokenLater() {
        let diagnostics = Diagnostics()
        let nodes = YAMLParser.documents(Array("a: 1\n---\n[".utf8), file: "f", diagnostics: diagnostics)
        #expect(nodes.count == 1)
        #expect(diagnostics.hasErrors)
    }
}
