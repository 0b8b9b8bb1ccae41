import Playbook
import Synchronization

/// What one host's `paths.pl` says, and what it is told.
final class PathTalk: Sendable {
    /// What it said.
    struct Said: Sendable {
        /// Words of ports where something listened already.
        var busy: Set<String> = []
        /// Answers by the other's number and the port's word.
        var answers: [String: String] = [:]
        /// The questions by UDP and the like that came to it: the number of the host that asked, and the port's word.
        var asked: Set<String> = []
        /// Packets that were sent and microseconds of the median round trip, by the other's number.
        var pings: [Int: (sent: Int, roundTrip: Int?)] = [:]
        /// What arrived, by the number of the host it came from: small packets, full ones, bytes of the largest.
        var heard: [Int: (small: Int, full: Int, largest: Int)] = [:]
        /// Lines that are none of the program's own.
        var words: [String] = []
    }

    private struct State {
        var said = Said()
        var line: [UInt8] = []
        var hasSaidGo = false
        var hasSaidEnd = false
    }

    private let token: String
    private let number: Int
    private let muster: PathMuster
    private let state = Mutex(State())

    /// Makes a talk with the host of a number.
    init(token: String, number: Int, muster: PathMuster) {
        self.token = token
        self.number = number
        self.muster = muster
    }

    /// What it said so far.
    var said: Said { state.withLock { $0.said } }

    /// What it is to be told now.
    func reply() -> [UInt8] {
        state.withLock { state in
            if !state.hasSaidGo, muster.mayGo {
                state.hasSaidGo = true
                return Array("go\n".utf8)
            }
            if state.hasSaidGo, !state.hasSaidEnd, muster.mayEnd {
                state.hasSaidEnd = true
                return Array("end\n".utf8)
            }
            return []
        }
    }

    /// Takes what came from the host.
    func take(_ piece: OutputPiece) {
        state.withLock { state in
            for byte in piece.bytes {
                guard byte == UInt8(ascii: "\n") else {
                    state.line.append(byte)
                    continue
                }
                take(String(decoding: state.line, as: UTF8.self), &state.said)
                state.line = []
            }
        }
    }

    private func take(_ line: String, _ said: inout Said) {
        let words = line.split(separator: " ", maxSplits: 4).map(String.init)
        guard words.count >= 2, words[0] == token else {
            said.words.append(line)
            return
        }
        switch (words[1], words.count) {
        case ("ready", _): muster.note(number, .ready)
        case ("done", _): muster.note(number, .done)
        case ("busy", 3): said.busy.insert(words[2])
        case ("open", 4...): said.answers["\(words[2]) \(words[3])"] = words.dropFirst(4).joined()
        case ("asked", 4): said.asked.insert("\(words[2]) \(words[3])")
        case ("ping", 5): ping(words, &said)
        case ("heard", 5):
            let numbers = (words[3] + " " + words[4]).split(separator: " ").compactMap { Int($0) }
            guard let other = Int(words[2]), numbers.count == 3 else { return }
            said.heard[other] = (numbers[0], numbers[1], numbers[2])
        default: break
        }
    }

    private func ping(_ words: [String], _ said: inout Said) {
        let rest = words[4].split(separator: " ").compactMap { Int($0) }
        guard let other = Int(words[2]), let sent = Int(words[3]), rest.count == 2 else { return }
        said.pings[other] = (sent, rest[0] > 0 ? rest[1] : nil)
    }
}
