import Console
import Testing

@Suite struct CellsTests {
    @Test(arguments: [
        ("abc", 3), ("", 0), ("日本", 4), ("é", 1), ("e\u{301}", 1), ("👩‍🔧", 2), ("✔️", 2), ("✓", 1), ("नमस्ते", 4),
        ("ｆ", 2),
    ])
    func widths(text: String, cells: Int) {
        #expect(text.cells == cells)
    }

    @Test(arguments: [
        ("abcdef", 4, "abc…"), ("abcd", 4, "abcd"), ("日本語", 4, "日…"), ("日本", 4, "日本"), ("abc", 0, ""),
        ("abc", 1, "…"),
    ])
    func cuts(text: String, limit: Int, expected: String) {
        #expect(text.cut(to: limit) == expected)
    }

    @Test(arguments: 0...12) func cutNeverExceedsItsLimit(limit: Int) {
        for text in ["plain words here", "日本語の文字", "mixed 日本 👩‍🔧 text", "नमस्ते दुनिया"] {
            #expect(text.cut(to: limit).cells <= limit)
        }
    }

    @Test(arguments: [
        ("\u{1B}[31mred\u{1B}[0m", "red"), ("\u{1B}]0;title\u{07}x", "x"),
        ("\u{1B}]8;;http://h\u{1B}\\x", "x"),
        ("a\tb\rc\u{08}", "a bc"), ("\u{1B}", ""), ("\u{1B}[2", ""), ("\u{9B}2Jx", "2Jx"),
    ])
    func hostsCannotCommandTheTerminal(raw: String, shown: String) {
        #expect(raw.printable == shown)
    }
}
