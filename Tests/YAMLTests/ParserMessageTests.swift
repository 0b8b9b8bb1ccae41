import Testing
import YAML

/// A text that is wrong, and what is said of it.
struct Wrong: Sendable, CustomTestStringConvertible {
    var text: String
    var problem: String
    var testDescription: String { text }

    init(_ text: String, _ problem: String) {
        self.text = text
        self.problem = problem
    }
}

@Suite("What is said of wrong YAML")
struct ParserMessageTests {
    @Test(arguments: [
        Wrong("a:\n\tb: 1\n", "2:1: a tab stands where YAML wants spaces; indent with spaces"),
        Wrong("a: 1\n\tb: 2\n", "2:1: a tab stands where YAML wants spaces; indent with spaces"),
        Wrong("a: @b\n", "1:4: a value cannot start with '@'; quote the value"),
        Wrong("a: `b`\n", "1:4: a value cannot start with '`'; quote the value"),
        Wrong("a: 1\nb\nc: 2\n", "2:1: this line has no ':' after its key; write 'key: value'"),
        Wrong(
            "a: b: c\n",
            "1:5: a ':' cannot stand here: the line has a key already, or the line above ends in a value; "
                + "quote a value that has ': ' in it, or mend the indentation"),
        Wrong("a: - b\n", "1:4: a list item cannot start here; put '- ' at the start of a line of its own"),
        Wrong(
            "a: 1\n b: 2\n",
            "2:3: a ':' cannot stand here: the line has a key already, or the line above ends in a value; "
                + "quote a value that has ': ' in it, or mend the indentation"),
        Wrong(
            "a:\n  - x\n b: 2\n",
            "3:2: this does not line up with the keys of the mapping that starts at line 1, column 1; "
                + "indent it like them, or close the quote or bracket before it"),
        Wrong(
            "- a\nb: 1\n",
            "2:1: this does not line up with the items of the list that starts at line 1, column 1; "
                + "indent it like them, with '- '"),
        Wrong(
            "a: [1, 2\nb: 3\n",
            "2:2: a ',' or the closing ']' is missing here, for the '[' that starts at line 1, column 4; "
                + "write the one that is missing"),
        Wrong(
            "a: {b: 1\nc: 3\n",
            "2:2: a ',' or the closing '}' is missing here, for the '{' that starts at line 1, column 4; "
                + "write the one that is missing"),
        Wrong("a: \"b\nc: d\n", "1:4: the quote that opens here is never closed; close it"),
        Wrong(
            "a: \"C:\\Users\"\n",
            "1:7: a backslash in double quotes starts an escape, and this is none; "
                + "write '\\\\' for a backslash, or use single quotes"),
        Wrong(
            "a: \"b\\q\"\n",
            "1:6: a backslash in double quotes starts an escape, and this is none; "
                + "write '\\\\' for a backslash, or use single quotes"),
        Wrong(
            "a: \"\\ud83d\\ude00\"\n",
            "1:5: this escape is no character by itself; write the character itself"),
        Wrong(
            "a: 1\n...\nb\n--- \n%x\n",
            "3:1: the document has ended before this line; indent it like the lines above, or start with '---'"
        ),
        Wrong("%YAML 2.0\n---\na: 1\n", "1:1: this version of YAML is not known; take the '%YAML' line away"),
        Wrong(
            "a: !e!x b\n", "1:4: tags are not understood here; take it away; quotes make a text of anything"),
        Wrong(
            "a: !!str b\n",
            "1:4: the tag 'tag:yaml.org,2002:str' is not understood here; take it away; "
                + "quotes make a text of anything"),
        Wrong(
            "a: *\n",
            "1:5: a name of letters and digits is missing after '&' or '*'; quote the value if a text is meant"
        ),
        Wrong(
            "a: *b\n",
            "1:4: '*b' names a value that no '&b' before it marks; quote it if the text '*b' is meant"),
        Wrong("a: &b [1, *b]\n", "1:11: '*b' stands inside the value that it names"),
        Wrong(
            "a: 1\nb: 2\na: 3\n",
            "3:1: the key 'a' stands twice in one mapping, first at f:1:1; keep one of them"),
        Wrong(
            "{\"a\": 1, \"a\": 2}",
            "1:10: the key 'a' stands twice in one mapping, first at f:1:2; keep one of them"),
        Wrong(
            "a: &b {x: 1}\nc:\n  <<: *b\n",
            "3:3: merge keys ('<<') are not part of YAML 1.2 and not understood here; repeat the keys that are meant"
        ),
        Wrong(
            "a: {{ x }}\n",
            "1:5: a list or a mapping cannot be a key; quote the key if a text such as '{{ x }}' is meant"),
        Wrong("a:\n  ? \n  : 1\n", "2:4: there is no key before this ':'; write one"),
        Wrong(
            "a: b\nc: x\u{7}y\n",
            "2:5: the invisible character U+7 may not stand in YAML; "
                + "take it away, or write it as an escape in double quotes"),
    ])
    func message(wrong: Wrong) {
        #expect(reading(wrong.text).problems == [wrong.problem])
    }

    @Test(
        "bytes that are not UTF-8",
        arguments: [
            (
                [0x61, 0x3A, 0x20, 0x62, 0x0A, 0xC3, 0xA9, 0x3A, 0x20, 0xE9, 0x0A],
                "f:2:4: this is not UTF-8 text; save it as UTF-8"
            ),
            ([0xFF, 0xFE, 0x61, 0x00], "f:1:1: the file is UTF-16; save it as UTF-8"),
        ] as [([UInt8], String)])
    func badBytes(bytes: [UInt8], problem: String) {
        let diagnostics = Diagnostics()
        _ = YAMLParser.document(bytes, file: "f", diagnostics: diagnostics)
        #expect(diagnostics.items.map(\.description) == [problem])
    }
}
