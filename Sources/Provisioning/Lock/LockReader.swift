import Playbook
import Synchronization

/// Reads what the lock's program says, as it comes in from another thread.
final class LockReader: Sendable {
    private struct State {
        var rest: [UInt8] = []
        var lines: [String] = []
    }

    private let token: String
    private let state = Mutex(State())

    /// Makes a reader for a program with this token.
    init(token: String) { self.token = token }

    /// Takes a piece of output and gives what it completes.
    func take(_ piece: OutputPiece) -> [LockAttempt.Word] {
        guard piece.stream == .output else { return [] }
        return state.withLock { state in
            state.rest += piece.bytes
            var words: [LockAttempt.Word] = []
            while let end = state.rest.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: state.rest[..<end], as: UTF8.self)
                state.rest.removeSubrange(...end)
                guard line.hasPrefix(token + " ") else { continue }
                words += word(String(line.dropFirst(token.count + 1)), &state.lines)
            }
            return words
        }
    }

    /// The lines about a holder come before the word that needs them.
    private func word(_ text: String, _ lines: inout [String]) -> [LockAttempt.Word] {
        if text.hasPrefix("- ") {
            lines.append(String(text.dropFirst(2)))
            return []
        }
        defer { lines = [] }
        if text.hasPrefix("impossible ") { return [.impossible(String(text.dropFirst(11)))] }
        switch text {
        case "got": return [.got]
        case "held": return [.held(LockHolder(lines: lines))]
        case "taken": return [.taken(LockHolder(lines: lines))]
        default: return []
        }
    }
}
