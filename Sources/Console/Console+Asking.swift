import Glibc
import Synchronization

/// Nobody is there to answer a question.
package struct NobodyToAsk: Error, Sendable {
    /// What would have been asked.
    package let question: String
    /// Whether a secret would have been the answer, which no `yes` can stand for.
    package let isSecret: Bool
}

extension Console {
    /// Asks a yes-or-no question; anything but `y` or `yes` means no.
    ///
    /// - Throws: ``NobodyToAsk`` without a terminal; `CancellationError` when interrupted.
    package func confirm(_ question: String) async throws -> Bool {
        let answer = try await ask(question, " [y/N] ", hidden: false)
        return ["y", "yes"].contains(answer.lowercased())
    }

    /// Asks for a secret, which is not shown while it is typed.
    ///
    /// - Throws: ``NobodyToAsk`` without a terminal; `CancellationError` when interrupted.
    package func secret(_ question: String) async throws -> String {
        try await ask(question, ": ", hidden: true)
    }

    private func ask(_ question: String, _ end: String, hidden: Bool) async throws -> String {
        guard let input = terminal.input else { throw NobodyToAsk(question: question, isSecret: hidden) }
        while !begin(question + end) { try await time.sleep(.milliseconds(50)) }
        defer { self.end() }
        var before = termios()
        tcgetattr(input, &before)
        // Runs on every way out, an interruption too: the person's terminal must echo again.
        defer { state.withLock { Self.restore(input, &$0) } }
        if hidden {
            state.withLock { $0.before = before }
            var quiet = before
            quiet.c_lflag &= ~tcflag_t(ECHO)
            tcsetattr(input, TCSAFLUSH, &quiet)
        }
        let answer = try await readLine(input)
        if hidden { messages.write("\n") }
        return answer
    }

    /// Lets the terminal echo again where a question keeps it from that; for who ends the process at once, so it waits
    /// for nobody.
    package func restoreTerminal() {
        guard let input = terminal.input else { return }
        _ = state.withLockIfAvailable { Self.restore(input, &$0) }
    }

    private static func restore(_ input: Int32, _ state: inout State) {
        guard var before = state.before else { return }
        tcsetattr(input, TCSANOW, &before)
        state.before = nil
    }

    /// Takes the terminal for a question: the board is lifted and messages are held until ``end()``.
    private func begin(_ question: String) -> Bool {
        state.withLock { state in
            guard !state.isAsking else { return false }
            state.isAsking = true
            messages.write((state.board?.erase(size: terminal.size()) ?? "") + question)
            return true
        }
    }

    private func end() {
        let held = state.withLock { state in
            defer { state.held = "" }
            state.isAsking = false
            return state.held
        }
        if !held.isEmpty { put(held) }
    }

    /// Reads a line without blocking a thread of the pool: in a terminal's line mode a line is there whole.
    private func readLine(_ input: Int32) async throws -> String {
        var line: [UInt8] = []
        while true {
            var ready = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
            guard poll(&ready, 1, 0) > 0 else {
                try await time.sleep(.milliseconds(50))
                continue
            }
            var buffer = [UInt8](repeating: 0, count: 1024)
            let count = read(input, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            line += buffer.prefix(max(0, count))
            if count <= 0 || line.last == UInt8(ascii: "\n") {
                return String(decoding: line, as: UTF8.self).filter { !$0.isNewline }
            }
        }
    }
}
