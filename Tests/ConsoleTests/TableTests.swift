import Console
import Testing

@Suite struct TableTests {
    @Test func columnsAlignByCells() {
        var table = Table(["HOST", "STATE"])
        table.add(["n1", "ok"])
        table.add(["日本", Table.Cell("failed", .red)])
        #expect(table.text() == "HOST  STATE\nn1    ok\n日本  failed\n")
    }

    @Test func coloursDoNotCountAsWidth() {
        var table = Table(["A", "B"])
        table.add([Table.Cell("x", .green), "y"])
        #expect(table.lines(Paint(isOn: true))[1] == "\u{1B}[32mx\u{1B}[0m  y")
    }

    @Test(arguments: [
        (0.04, "0.0 s"), (9.44, "9.4 s"), (9.96, "10 s"), (59.4, "59 s"), (59.6, "1 min 00 s"),
        (252, "4 min 12 s"), (3720, "1 h 02 min"),
    ])
    func durations(seconds: Double, text: String) {
        #expect(Timekeeper.text(seconds: seconds) == text)
    }
}
