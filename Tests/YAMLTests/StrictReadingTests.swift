import Testing
import YAML

/// What libyaml takes and YAML 1.2 does not, each by an example of our own.
@Suite struct StrictReadingTests {
    @Test(arguments: [
        ("a: [1]#b", "1:7: a '#' that starts a comment wants a space before it"),
        ("a: \"é\"#b", "1:7: a '#' that starts a comment wants a space before it"),
        ("a: [1,#b\n 2]", "1:7: a '#' that starts a comment wants a space before it"),
        ("a: >#b\n  c\n", "1:5: a '#' that starts a comment wants a space before it"),
        ("a: [1,\n2]", "2:1: this line inside of '[' or '{' is indented too little"),
        ("a:\n- {b: 1,\n\t c: 2}", "3:1: this line inside of '[' or '{' is indented too little"),
        ("a: 'b\nc'", "2:1: this line of a text that starts at line 1 is indented too little"),
        ("a: \"b\n\tc\"", "2:1: this line of a text that starts at line 1 is indented too little"),
        ("[a, -]", "1:5: '-' cannot be a value inside of '[' or '{'"),
        ("{?a: 1}", "1:3: a '?' has no space after it here"),
        ("[?a]", "1:2: a '?' has no space after it here"),
        ("a: &b:c d", "1:4: a name after '&' or '*' has letters, digits, '-' and '_' only"),
        (
            "a: >\n \n  \n # b\n",
            "4:2: an empty line above has more spaces than this one, where the text begins"
        ),
        ("a: b\u{2028}c", "1:5: the invisible character U+2028 may not stand in YAML"),
        ("# \u{85}a", "1:3: the invisible character U+85 may not stand in YAML"),
    ])
    func refused(text: String, problem: String) {
        let problems = reading(text).problems
        #expect(problems.first?.hasPrefix(problem + ";") == true, "\(problems)")
    }

    @Test func aDirectiveWantsTheEndOfTheDocumentBefore() {
        func problems(_ text: String) -> [String] {
            let diagnostics = Diagnostics()
            _ = YAMLParser.documents(Array(text.utf8), file: "f", diagnostics: diagnostics)
            return lines(diagnostics)
        }
        #expect(
            problems("[a]\n%YAML 1.2\n---\nb\n").first?.contains("'...' is missing before this '%'") == true)
        #expect(problems("[a]\n...\n%YAML 1.2\n---\nb\n") == [])
    }

    @Test(arguments: [
        "a: [\n  1,\n]\nb: {\n}", "a: #b\n  - [1, # c\n     2] # d\n", "é: 'é\n\n  b' # c\n", "[\n\t1,\n2]",
        "a: |\n\n  b\n\n", "a: &x-1 {b: 1}\nc: *x-1\n", "[a#b, 'x', -1]", "a: \"b\r\n  c\"\r\n",
    ])
    func taken(text: String) {
        #expect(reading(text).problems == [])
    }

    @Test func theLastLineNeedsNoEnd() throws {
        #expect(try good("a: |\n  b")["a"]?.text == "b\n")
        #expect(try good("a: |-\n  b")["a"]?.text == "b")
        #expect(try good("a: b")["a"]?.text == "b")
    }
}
