import Console
import Testing

@Suite struct ConsoleTests {
    private let results = Collector()
    private let messages = Collector()

    private func console(
        _ terminal: Terminal = .none, format: Console.Format = .text, isVerbose: Bool = false
    ) -> Console {
        Console(
            results: results.output, messages: messages.output, terminal: terminal, time: .still,
            format: format, isVerbose: isVerbose)
    }

    @Test func resultsAndMessagesAreSeparate() {
        let console = console()
        console.result("value\n")
        console.say("working", host: "n1")
        console.say("odd", .warning)
        #expect(results.text == "value\n")
        #expect(messages.text == "12:00:00 n1: working\n12:00:00 warning: odd\n")
    }

    @Test func detailNeedsVerbose() {
        console().say("quiet", .detail)
        #expect(messages.text.isEmpty)
        console(isVerbose: true).say("loud", .detail)
        #expect(messages.text == "12:00:00 loud\n")
    }

    @Test func severalLinesAreOneWrite() {
        console().say("one\ntwo", .error)
        #expect(messages.writes == ["12:00:00 error: one\n12:00:00   two\n"])
    }

    @Test func jsonMessagesAreLines() {
        let format = Console.Format.json { "{\($0.level) \($0.host ?? "-") \($0.text)}" }
        console(.live(), format: format).say("x", host: "n1")
        #expect(messages.text == "{note n1 x}\n")
    }

    @Test func noColoursWithoutColour() {
        console(.live(isColored: true)).say("x", .error)
        #expect(messages.text.contains("\u{1B}[31merror: \u{1B}[0m"))
        let plain = Collector()
        Console(results: plain.output, messages: plain.output, terminal: .live(), time: .still).say(
            "x", .error)
        #expect(plain.text == "error: x\n")
    }

    @Test func resultsInAFileHaveNoColour() {
        #expect(!console(.live(isColored: true)).paint.isOn)
    }

    @Test(arguments: [["TERM": "dumb"], ["CI": "true"], [:]]) func aPipeIsNeverLive(
        environment: [String: String]
    ) {
        // The test process has no terminal on standard error when it runs in CI; a developer's may.
        let terminal = Terminal.standard(environment: environment)
        #expect(!terminal.isLive || environment.isEmpty)
    }

    @Test func nobodyToAskWithoutATerminal() async {
        let sure = await #expect(throws: NobodyToAsk.self) { try await console().confirm("Sure?") }
        #expect(sure?.question == "Sure?" && sure?.isSecret == false)
        let word = await #expect(throws: NobodyToAsk.self) { try await console().secret("The word") }
        #expect(word?.question == "The word" && word?.isSecret == true)
    }
}
