import Glibc
import Synchronization

/// What a person or a script sees: results on one stream, progress and messages on the other.
///
/// It is the only user of the terminal. All writing goes through one lock, so lines of parallel hosts never mix, and
/// the live board is lifted for a message and put down below it in the same write.
package final class Console: Sendable {
    /// How messages are written.
    package enum Format: Sendable {
        /// For a person: a board on a terminal, else plain lines with the time.
        case text
        /// For a script: one JSON object a line, made by the function.
        case json(@Sendable (Message) -> String)
    }

    /// Something that is said while a command works.
    package struct Message: Sendable {
        /// How much it matters.
        package enum Level: String, Sendable { case detail, note, warning, error }

        /// How much it matters.
        package let level: Level
        /// The host that it is about; nil when it is about none.
        package let host: String?
        /// The words.
        package let text: String
    }

    struct State {
        var board: Board?
        var isAsking = false
        var held = ""
        /// The terminal's settings before a question that hides its answer; nil while there is none.
        var before: termios?
    }

    let state = Mutex(State())
    let messages: Output
    let terminal: Terminal
    let time: Timekeeper
    private let results: Output
    private let format: Format
    private let isVerbose: Bool
    /// Takes out of messages what nobody may see.
    let redact: @Sendable (String) -> String
    /// Colours for messages.
    let messagePaint: Paint
    /// Colours for results.
    package let paint: Paint

    /// Makes a console; `isVerbose` shows messages of level `detail`, `redact` is applied to all that is said, and not
    /// to results, which may be secrets that were asked for.
    package init(
        results: Output, messages: Output, terminal: Terminal, time: Timekeeper, format: Format = .text,
        isVerbose: Bool = false, redact: @escaping @Sendable (String) -> String = { $0 }
    ) {
        self.results = results
        self.messages = messages
        self.terminal = terminal
        self.time = time
        self.format = format
        self.isVerbose = isVerbose
        self.redact = redact
        messagePaint = Paint(isOn: terminal.isColored)
        paint = Paint(isOn: terminal.colorsResults)
    }

    /// Whether somebody is there to answer a question.
    package var canAsk: Bool { terminal.input != nil }

    /// Whether messages are JSON lines.
    package var isJSON: Bool {
        guard case .json = format else { return false }
        return true
    }

    /// Whether the live board is what shows progress.
    package var showsBoard: Bool { terminal.isLive && !isJSON }

    /// Whether results go to a terminal that can draw them again in place.
    package var drawsResults: Bool { terminal.drawsResults }

    /// Writes a command's result to standard output, as it is.
    package func result(_ text: String) { results.write(text) }

    /// Passes on what a program elsewhere has written, byte for byte, to standard output or standard error.
    package func pass(_ bytes: [UInt8], asError: Bool) {
        if asError { messages.write(bytes) } else { results.write(bytes) }
    }

    /// Says something on standard error; text of several lines stays together.
    package func say(_ text: String, _ level: Message.Level = .note, host: String? = nil) {
        guard level != .detail || isVerbose else { return }
        let message = Message(level: level, host: host, text: redact(text))
        switch format {
        case .json(let encode): put(encode(message) + "\n")
        case .text: put(draw(message))
        }
    }

    /// Says things that name their own places, each a line as it is, so that editors find them.
    package func list(_ lines: [String], _ level: Message.Level) {
        switch format {
        case .json: for line in lines { say(line, level) }
        case .text: put(lines.map { redact($0).printable + "\n" }.joined())
        }
    }

    /// Writes finished lines to standard error, above the board where there is one.
    package func put(_ text: String) {
        state.withLock { state in
            if state.isAsking {
                state.held += text
            } else if state.board != nil {
                messages.write(
                    state.board?.frame(
                        above: text, size: terminal.size(), paint: messagePaint, seconds: time.seconds())
                        ?? "")
            } else {
                messages.write(text)
            }
        }
    }

    private func draw(_ message: Message) -> String {
        let color: Paint.Color? =
            switch message.level {
            case .error: .red
            case .warning: .yellow
            case .detail: .dim
            case .note: nil
            }
        let clock = terminal.isLive ? "" : time.timeOfDay() + " "
        let word = message.level == .error || message.level == .warning ? "\(message.level.rawValue): " : ""
        let host = message.host.map { "\($0): " } ?? ""
        let lines = message.text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().map { index, line in
            clock + (index == 0 ? host + messagePaint(word, color) : "  ") + String(line).printable + "\n"
        }.joined()
    }
}
