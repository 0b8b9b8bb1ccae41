import Playbook
import Synchronization

/// What is said to a host and heard of it while it is looked at.
final class PingTalk: Sendable {
    /// What was heard.
    struct Heard: Sendable {
        /// Nanoseconds of the one exchange with a shell that was there already.
        var roundTrip: Int?
        /// Nanoseconds by which the host's clock is ahead.
        var clock: Int?
        /// The login user.
        var user = ""
        /// Whether that is root, whatever its name.
        var isRoot = false
        /// The operating system.
        var system = ""
        /// How sudo without a password ended; nil while the program has not come that far.
        var sudoCode: Int32?
        /// Lines that are none of the program's own: what sudo said.
        var words: [String] = []
    }

    private struct State {
        var heard = Heard()
        var line: [UInt8] = []
        /// Whether a line is to be written to the host.
        var owes = false
        /// When the last one was.
        var asked = 0
    }

    private let token: String
    private let now: @Sendable () -> Int
    private let state = Mutex(State())

    /// Makes a talk whose lines begin with a word that no output contains by chance; `now` is nanoseconds since 1970.
    init(token: String, now: @escaping @Sendable () -> Int) {
        self.token = token
        self.now = now
    }

    /// The program for the login user's sh, which waits for a line twice.
    ///
    /// The first answer costs the host nothing but a write; the second starts date(1) and tells its time.
    var program: [UInt8] {
        Array(
            """
            {
            exec 2>&1
            export LC_ALL=C
            printf '%s\\n' '\(token) ready'
            IFS= read -r mc_line
            printf '%s\\n' '\(token) ready'
            IFS= read -r mc_line
            printf '%s\\n' "\(token) clock $(date +%s%N)"
            printf '%s\\n' "\(token) user $(id -un)"
            printf '%s\\n' "\(token) number $(id -u)"
            printf '%s\\n' "\(token) system $(. /etc/os-release; printf '%s' "${PRETTY_NAME:-}")"
            env LC_ALL=C sudo -n sh -s </dev/null
            printf '%s\\n' "\(token) sudo $?"
            exit 0
            }

            """.utf8)
    }

    /// Takes what came from the host.
    func take(_ piece: OutputPiece) {
        let now = now()
        state.withLock { state in
            for byte in piece.bytes {
                guard byte == UInt8(ascii: "\n") else {
                    state.line.append(byte)
                    continue
                }
                take(String(decoding: state.line, as: UTF8.self), at: now, &state)
                state.line = []
            }
        }
    }

    /// What is to be written to the host now.
    func reply() -> [UInt8] {
        let now = now()
        return state.withLock { state in
            guard state.owes else { return [] }
            state.owes = false
            state.asked = now
            return [UInt8(ascii: "\n")]
        }
    }

    /// What was heard so far.
    var heard: Heard { state.withLock { $0.heard } }

    private func take(_ line: String, at now: Int, _ state: inout State) {
        let words = line.split(separator: " ", maxSplits: 2).map(String.init)
        guard words.count >= 2, words[0] == token else {
            state.heard.words.append(line)
            return
        }
        let rest = words.count > 2 ? words[2] : ""
        switch words[1] {
        case "ready":
            if state.asked > 0 { state.heard.roundTrip = now - state.asked }
            state.owes = true
        case "clock": state.heard.clock = Int(rest).map { $0 - (state.asked + now) / 2 }
        case "user": state.heard.user = rest
        case "number": state.heard.isRoot = rest == "0"
        case "system": state.heard.system = rest
        case "sudo": state.heard.sudoCode = Int32(rest)
        default: break
        }
    }
}
