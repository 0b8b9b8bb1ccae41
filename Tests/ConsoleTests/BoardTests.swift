import Testing

@testable import Console

@Suite struct BoardTests {
    private let plain = Paint(isOn: false)

    /// What a terminal of one screen shows after the bytes: enough of ECMA-48 for what the board writes.
    private func screen(_ bytes: String) -> [String] {
        var lines = [""]
        var row = 0
        var rest = bytes.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\n":
                row += 1
                if row == lines.count { lines.append("") }
            case "\r": break
            case "\u{1B}":
                rest.removeFirst()
                var digits = ""
                while let next = rest.popFirst() {
                    if !("0"..."9").contains(next) {
                        if next == "A" { row -= Int(digits) ?? 1 }
                        if next == "J" { lines.removeSubrange((row + 1)...) }
                        if next == "J" { lines[row] = "" }
                        break
                    }
                    digits.unicodeScalars.append(next)
                }
            default: lines[row].unicodeScalars.append(scalar)
            }
        }
        return lines
    }

    @Test func framesReplaceEachOther() {
        var board = Board(hosts: ["n1", "node2"], seconds: 0)
        let size = Terminal.Size(columns: 60, rows: 24)
        var bytes = board.frame(size: size, paint: plain, seconds: 0)
        board.update("n1", .running, "swap", seconds: 0)
        bytes += board.frame(above: "message\n", size: size, paint: plain, seconds: 3)
        #expect(
            screen(bytes) == [
                "message", "⠋ n1     swap  3.0 s", "· node2  ", "1 working, 1 waiting · 3.0 s", "",
            ])
        bytes += board.erase(size: size)
        #expect(screen(bytes) == ["message", ""])
    }

    @Test(arguments: [5, 10, 20, 40, 200]) func linesFitTheWidth(columns: Int) {
        var board = Board(hosts: ["n1", "日本"], seconds: 0)
        board.update("日本", .running, String(repeating: "語", count: 90), seconds: 0)
        let frame = board.frame(size: .init(columns: columns, rows: 24), paint: plain, seconds: 100)
        for line in screen(frame) { #expect(line.cells < columns) }
    }

    /// A terminal that became narrower has broken rows, nobody knows how many: they go out of sight, once.
    @Test func aNarrowerWindowLeavesNothing() {
        var board = Board(hosts: ["n1", "n2"], seconds: 0)
        let wide = Terminal.Size(columns: 80, rows: 3)
        let narrow = Terminal.Size(columns: 20, rows: 3)
        #expect(!board.frame(size: wide, paint: plain, seconds: 0).contains("\u{1B}[H"))
        #expect(board.frame(size: narrow, paint: plain, seconds: 0).hasPrefix("\n\n\n\u{1B}[H\u{1B}[J"))
        #expect(board.frame(size: wide, paint: plain, seconds: 0).hasPrefix("\r\u{1B}[2A\u{1B}[J"))
    }

    @Test func whatIsLookedForStaysWhenNotAllFit() {
        let hosts = (1...50).map { "n\($0)" }
        var board = Board(hosts: hosts, seconds: 0)
        for host in hosts.prefix(40) { board.update(host, .done, "", seconds: 0) }
        board.update("n7", .failed, "swap", seconds: 0)
        board.update("n50", .running, "swap", seconds: 0)
        let lines = screen(board.frame(size: .init(columns: 80, rows: 6), paint: plain, seconds: 0))
        #expect(lines.count == 6)
        #expect(lines[0].hasPrefix("✗ n7"))
        #expect(lines[3].contains("n50"))
        #expect(lines[4].hasPrefix("1 failed, 1 working, 9 waiting, 39 done"))
    }

    @Test func theTimeCountsFromTheStepAndNotFromItsOutput() {
        var board = Board(hosts: ["n1"], seconds: 0)
        board.update("n1", .running, "swap", seconds: 0)
        board.update("n1", .running, "swap", detail: "line 9", seconds: 9)
        let lines = screen(board.frame(size: .init(columns: 80, rows: 24), paint: plain, seconds: 10))
        #expect(lines[0] == "⠦ n1  swap: line 9  10 s")
    }

    @Test func aHostCannotBreakTheBoard() {
        var board = Board(hosts: ["n1"], seconds: 0)
        board.update("n1", .running, "a\n\u{1B}[2Jb", seconds: 0)
        #expect(
            screen(board.frame(size: .init(columns: 80, rows: 24), paint: plain, seconds: 0))[0].hasSuffix(
                "  ab"))
    }

    @Test func eachFrameIsOneWriteAndMessagesStandAbove() async throws {
        let messages = Collector()
        let console = Console(
            results: messages.output, messages: messages.output, terminal: .live(), time: .still)
        try await console.withBoard(hosts: ["n1"]) {
            console.update("n1", .running, "swap")
            console.say("look", .warning)
        }
        #expect(messages.writes.contains { $0.contains("warning: look\n") && $0.contains("swap") })
        #expect(screen(messages.text) == ["warning: look", ""])
    }
}
