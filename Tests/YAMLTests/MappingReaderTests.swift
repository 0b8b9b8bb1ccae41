import Testing
import YAML

@Suite("Typed reads")
struct MappingReaderTests {
    /// Reads `text` with a body and gives what was wrong.
    private func problems(_ text: String, _ body: (inout MappingReader) -> Void) throws -> [String] {
        let diagnostics = Diagnostics()
        let node = try #require(YAMLParser.document(text, file: "f", diagnostics: diagnostics))
        guard var reader = MappingReader(node, what: "the thing", diagnostics: diagnostics) else {
            return lines(diagnostics)
        }
        body(&reader)
        return lines(diagnostics)
    }

    @Test("what is right is read")
    func right() throws {
        let text = """
            text: x
            quoted: "1"
            date: 2026-11-21
            number: 0o17
            truth: true
            list: [a, "5"]
            map: {a: b, 80: c}
            below: {k: v}
            word: blue
            nothing:
            commented:
              # k: v
            """
        let problems = try problems(text) { reader in
            #expect(reader.string("text") == "x")
            #expect(reader.requiredString("quoted") == "1")
            #expect(reader.string("date") == "2026-11-21")
            #expect(reader.int("number", in: 0...15) == 15)
            #expect(reader.requiredBool("truth") == true)
            #expect(reader.strings("list") == ["a", "5"])
            #expect(reader.requiredSequence("list")?.count == 2)
            #expect(reader.stringMap("map") == ["a": "b", "80": "c"])
            var below = reader.requiredMapping("below", what: "what is below")
            #expect(below?.string("k") == "v")
            below?.finish()
            #expect(reader.choice("word", of: ["red", "blue"]) == "blue")
            #expect(reader.string("nothing") == nil)
            #expect(reader.mapping("commented", what: "x") == nil)
            #expect(reader.has("nothing") && !reader.has("absent"))
            #expect(reader.strings("absent") == nil)
            #expect(reader.mark(of: "text")?.description == "f:1:7")
            #expect(reader.mark(of: "absent")?.description == "f:1:1")
            reader.finish()
        }
        #expect(problems == [])
    }

    @Test("a version is its text, quoted or not", arguments: ["1.30", "'1.30'", "\"1.30\""])
    func version(text: String) throws {
        let problems = try problems("version: \(text)") { reader in
            #expect(reader.versionString("version") == "1.30")
            #expect(reader.requiredVersionString("version") == "1.30")
        }
        #expect(problems == [])
    }

    @Test(
        "a text must be a text",
        arguments: [
            ("5", "the number 5; quote it: \"5\""), ("1.30", "the number 1.30; quote it: \"1.30\""),
            ("true", "the boolean true; quote it: \"true\""), ("[a]", "a list"), ("{a: b}", "a mapping"),
        ])
    func string(value: String, said: String) throws {
        let problems = try problems("k: \(value)") { #expect($0.string("k") == nil) }
        #expect(problems == ["1:4: 'k' of the thing must be a text, not \(said)"])
    }

    @Test(
        "what YAML 1.1 reads otherwise is asked about",
        arguments: [
            ("no", "write false, or \"no\" for the text"), ("Yes", "write true, or \"Yes\" for the text"),
            ("0755", "write \"0755\" for the text, 0o755 for the octal number"),
            ("1_000", "write 1000, or \"1_000\" for the text"),
            ("12:30:45", "write \"12:30:45\" for the text, or 45045 for the number"),
        ])
    func legacy(value: String, cure: String) throws {
        let problems = try problems("k: \(value)") { reader in
            #expect(reader.string("k") == nil)
            #expect(reader.int("k") == nil)
            #expect(reader.bool("k") == nil)
        }
        let said =
            "1:4: 'k' of the thing is \(value) without quotes, which YAML parsers read in different ways; \(cure)"
        #expect(problems == [said])
    }

    @Test("numbers and booleans")
    func numbers() throws {
        let problems = try problems("a: '5'\nb: 1.5\nc: 99\nd: x\ne: 'true'\nf: [1]\ng: {}\n") { reader in
            _ = reader.int("a")
            _ = reader.int("b")
            _ = reader.requiredInt("c", in: 1...65)
            _ = reader.bool("d")
            _ = reader.bool("e")
            _ = reader.bool("f")
            _ = reader.int("g")
        }
        #expect(
            problems == [
                "1:4: 'a' of the thing must be a whole number, not the text '5'; write 5 without quotes",
                "2:4: 'b' of the thing must be a whole number, not the number 1.5",
                "3:4: 'c' of the thing must lie between 1 and 65, not be 99",
                "4:4: 'd' of the thing must be true or false, not the text 'x'",
                "5:4: 'e' of the thing must be true or false, not the text 'true'; write true without quotes",
                "6:4: 'f' of the thing must be true or false, not a list",
                "7:4: 'g' of the thing must be a whole number, not a mapping",
            ])
    }

    @Test("lists, mappings, words")
    func collections() throws {
        let problems = try problems("a: x\nb: [1, no, y1]\nc: [k]\nd: {k: 1}\ne: [x]\nf: bleu\ng: zz\n") {
            reader in
            _ = reader.strings("a")
            #expect(reader.strings("b") == ["y1"])
            _ = reader.stringMap("c")
            _ = reader.stringMap("d")
            #expect(reader.mapping("e", what: "the e") == nil)
            _ = reader.choice("f", of: ["red", "blue"])
            _ = reader.requiredChoice("g", of: ["red", "blue"])
        }
        #expect(
            problems == [
                "1:4: 'a' of the thing must be a list, not the text 'x'; write each item on a line with '- ' before it",
                "2:5: 'b' of the thing must be a text, not the number 1; quote it: \"1\"",
                "2:8: 'b' of the thing is no without quotes, which YAML parsers read in different ways; "
                    + "write false, or \"no\" for the text",
                "3:4: 'c' of the thing must be a mapping of texts, not a list",
                "4:8: 'd.k' of the thing must be a text, not the number 1; quote it: \"1\"",
                "5:4: the e must be a mapping, not a list; write 'key: value' lines below it",
                "6:4: 'f' of the thing cannot be 'bleu'; did you mean 'blue'?",
                "7:4: 'g' of the thing cannot be 'zz'; write one of red, blue",
            ])
    }

    @Test("what must be there")
    func required() throws {
        let problems = try problems("a:\nz: 1\n") { reader in
            _ = reader.requiredString("a")
            _ = reader.requiredString("b")
        }
        #expect(
            problems == [
                "1:1: 'a' of the thing has no value; write one after the ':'",
                "1:1: the thing has no 'b'; add 'b: …'",
            ])
    }

    @Test("unknown keys, with the nearest that is meant")
    func unknown() throws {
        let text = "verison: 1\nname: x\nnames: y\ncolour: z\nport: 1\n"
        let problems = try problems(text) { reader in
            _ = reader.value("version")
            _ = reader.value("name")
            reader.finish(also: ["port"])
        }
        #expect(
            problems == [
                "1:1: the thing has no key 'verison'; did you mean 'version'?",
                "3:1: the thing has no key 'names'; 'name' stands there already",
                "4:1: the thing has no key 'colour'; known are version, name, port",
            ])
    }

    @Test("a mapping must be one; nothing counts as an empty one")
    func whole() throws {
        #expect(
            try problems("[a]") { _ in } == [
                "1:1: the thing must be a mapping, not a list; write 'key: value' lines below it"
            ])
        #expect(try problems("---\n") { $0.finish() } == [])
    }
}
