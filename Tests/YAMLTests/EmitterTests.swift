import Testing
import YAML

@Suite("Writing YAML and JSON")
struct EmitterTests {
    @Test("the golden document is written byte for byte, and reads back the same")
    func golden() throws {
        let node: Node = [
            "apiVersion": "apps/v1",
            "metadata": ["name": "mysql", "labels": ["enabled": "yes", "tier": "5"], "annotations": [:]],
            "spec": [
                "replicas": 1, "paused": false, "nothing": .null, "empty": "", "list": [],
                "command": ["sh", "-c", "set -e\nexec mysqld --datadir=/var/lib/mysql\n"],
                "args": [
                    "--port=3306", "-v", "- x", "a: b", "a #b", "#c", "&d", "*e", "!f", "%g", "@h", "`i",
                ],
                "nested": [["a", ["b", "c"]], [["k": ["v": 1], "l": 2], [:]]],
                "mode": "0755", "time": "12:30:45", "date": "2026-11-21", "version": "1.30",
                "network": "10.244.0.0/16",
                "address": "198.51.100.11", "six": "fd00::1", "image": "docker.io/library/mysql:5.7",
                "memory": "512Mi",
                "json": "{\"a\": \"it's\"}", "name": "नाम", "bell": "\u{7}\u{FEFF}", "path": "~/.ssh/config",
                "home": "~",
                "keep": "a\n\n", "indented": "  a\nb", "blank": "a\n  \nb\n", "leading": "\na\n",
                "carriage": "a\r\nb\n",
                "on": "off", "<<": "=", "1": ".5", "": " ", "null": "Null",
                "url": "https://x.example/a?b=c&d#e",
            ],
        ]
        #expect(node.yaml() == (try YAMLTests.golden("everything.yaml")))
        #expect(try good(node.yaml()).means(node))
        #expect([node, 5, [1]].yamlDocuments() == "---\n" + node.yaml() + "---\n5\n---\n- 1\n")
    }

    @Test(
        "what was read plain is written so that every parser reads the same",
        arguments: [
            ("0755", "755"), ("0o17", "15"), ("0x1F", "31"), ("+5", "5"), ("~", "null"), ("", "null"),
            ("TRUE", "true"),
            ("no", "\"no\""), ("1.30", "1.3"), ("1e3", "1000.0"), ("1e40", "1e+40"), ("-.INF", "-.inf"),
            (".NaN", ".nan"),
            ("36893488147419103232", "36893488147419103232"), ("2026-11-21", "\"2026-11-21\""),
            ("plain", "plain"),
        ])
    func plain(text: String, written: String) {
        #expect(Node(.scalar(Scalar(text, style: .plain))).yaml() == written + "\n")
    }

    @Test(
        "strings that any parser may read as something else are quoted",
        arguments: [
            "yes", "No", "oN", "OFF", "y", "N", "true", "null", "~", "", " ", "a ", " a", "1", "-1", "+1",
            "1.", ".5", "1e3",
            "0x1f", "0b1", "0o7", "017", "08", "1_000", "1,000", "1:30", "2026-11-21", "2026-11-21T10:00:00Z",
            ".inf", "-.INF",
            ".NaN", "<<", "=", "-", "--", "---", "...", "?", ":", "a:", "a: b", "a #b", "#a", "[a", "{a", "]",
            "}", ",", "&a",
            "*a", "!a", "|", ">", "'a", "\"a", "%a", "@a", "`a", "12e03", "1a", "- a", "? a", "\t", "a\tb",
            "é",
        ])
    func quoted(text: String) throws {
        let yaml = Node.string(text).yaml()
        #expect(yaml.hasPrefix("\"") || yaml.hasPrefix("'"))
        #expect(try good(yaml).resolved == .string(text))
    }

    @Test(
        "strings that no parser misreads stay bare",
        arguments: [
            "a", "a b", "a-b", "v1.36", "10.0.0.1", "10.0.0.0/16", "512Mi", "5m", "30s", "--flag=x",
            "/etc/hosts", "~/x", "a:b",
            "http://x:80/y", "fd00::1", "a#b", "nobody", "it's", "$HOME", "(a)", "a, b", "2Gi", "1.2.3",
        ])
    func bare(text: String) throws {
        #expect(Node.string(text).yaml() == text + "\n")
        #expect(try good(text).resolved == .string(text))
    }

    @Test(
        "blocks say how they are indented and how they end",
        arguments: [
            ("a\nb", "|-\n  a\n  b\n"), ("a\n", "|\n  a\n"), ("a\n\nb\n\n\n", "|+\n  a\n\n  b\n\n\n"),
            (" a\nb\n", "|2\n   a\n  b\n"), ("\ta\n", "|2\n  \ta\n"), ("\na", "|2-\n\n  a\n"),
            ("---\n", "|\n  ---\n"),
            ("\n", "\"\\n\"\n"), ("a \n", "|\n  a \n"), ("a\n \n", "\"a\\n \\n\"\n"),
            ("#!/bin/sh\n", "|\n  #!/bin/sh\n"),
        ])
    func blocks(text: String, yaml: String) throws {
        #expect(Node.string(text).yaml() == yaml)
        for whole: Node in [
            .string(text), ["k": .string(text), "l": 1], [[.string(text), "x"]],
            ["k": [["l": .string(text)]]],
        ] {
            #expect(try good(whole.yaml()).means(whole))
        }
    }

    @Test("keys too long to stand on their line")
    func longKeys() throws {
        let node: Node = [
            .init(repeating: "k", count: 3000): [1, 2], "a": [String(repeating: "é", count: 600): ["b": 1]],
        ]
        #expect(try good(node.yaml()).means(node))
    }

    @Test("JSON, in the order given or sorted, on one line or indented")
    func json() throws {
        let node: Node = ["b": [1, true, .null, []], "a": ["x": "\"\\\n\u{1}/é😀", "y": [:]]]
        #expect(node.json() == #"{"b":[1,true,null,[]],"a":{"x":"\"\\\n\u0001/é😀","y":{}}}"#)
        #expect(node.json(sorted: true) == #"{"a":{"x":"\"\\\n\u0001/é😀","y":{}},"b":[1,true,null,[]]}"#)
        #expect(
            node.json(pretty: true)
                == (try YAMLTests.golden("everything.json")).trimmingSuffix(while: \.isNewline))
        #expect(try good(node.json()).means(node))
        #expect(try good("[.inf, 0x10, no, 1e3]").json() == #"[".inf",16,"no",1000.0]"#)
    }

    @Test("what is written reads back the same, whatever it is", arguments: 0..<300 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let node = random.node(depth: 4)
        let yaml = node.yaml()
        let back = try good(yaml)
        #expect(back.means(node))
        #expect(back.yaml() == yaml)
        #expect(try good(node.json()).means(node))
        #expect(try good(node.json(pretty: true, sorted: true)).means(node))
    }
}

extension String {
    /// The string without a line end.
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> Substring {
        var rest = self[...]
        while let last = rest.last, predicate(last) { rest.removeLast() }
        return rest
    }
}

/// The generator of Steele, Lea and Flood (2014): small, and the same numbers for the same seed.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    private static let pieces = [
        "a", "b", " ", "  ", "\n", "\n\n", "\t", ":", ": ", "#", " #", "-", "- ", "'", "\"", "\\", "0", "1",
        ".", "_", "e", "x",
        "no", "~", "<<", "{", "}", "[", "]", ",", "&", "*", "!", "|", ">", "%", "@", "`", "?", "é", "😀", "\r",
        "\u{85}",
        "\u{2028}", "\u{FEFF}", "\0", "=", "---", "...", "+", "true", "null", "\u{7F}", "\u{FFFF}",
    ]

    mutating func text() -> String {
        (0..<Int.random(in: 0...6, using: &self)).map { _ in Self.pieces.randomElement(using: &self) ?? "" }
            .joined()
    }

    mutating func node(depth: Int) -> Node {
        switch Int.random(in: depth == 0 ? 3...8 : 0...8, using: &self) {
        case 0, 1:
            var mapping = Mapping()
            for _ in 0..<Int.random(in: 0...4, using: &self) { mapping[text()] = node(depth: depth - 1) }
            return Node(.mapping(mapping))
        case 2:
            return .sequence((0..<Int.random(in: 0...4, using: &self)).map { _ in node(depth: depth - 1) })
        case 3: return .int(Int.random(in: .min ... .max, using: &self))
        case 4: return .bool(Bool.random(using: &self))
        case 5: return Node(.scalar(Scalar("\(Double.random(in: -1e6...1e6, using: &self))", style: .plain)))
        default: return .string(text())
        }
    }
}
