import Cryptography
import Playbook

/// The shell program that runs an errand on a host.
///
/// It begins with its token in a line of its own. The command is a session of its own (setsid), with its input from a
/// here-document in Base64, since a shell takes no NUL; meanwhile the program's own input is listened to: the line
/// `stop`, or the end of it when whoever sent the program is gone, ends the command and all that it started.
struct ErrandProgram {
    /// What cancelling writes: more than the 8 KiB that a shell may have read ahead of the program's end.
    static let stop = [UInt8](repeatElement(Array("stop\n".utf8), count: 4096).joined())

    /// The word that begins what the command says.
    let token: String
    /// The program, for `sh -s`.
    let text: [UInt8]

    /// Writes the program; the token is a word that no output contains by chance.
    init(_ errand: Errand, token: String) {
        self.token = token
        var lines = ["{", "printf '%s\\n' \(token)", "exec 3<&0"]
        let command: String
        switch errand.work {
        case .line(let line): command = "sh -c \(ShellQuoting.quoted(line))"
        case .words(let words):
            // By sh, so that a program that is not there is 127 and one that cannot be run is 126.
            command = "sh -c 'exec \"$@\"' sh \(words.map(ShellQuoting.quoted).joined(separator: " "))"
        case .script(let bytes, let arguments):
            lines += [
                "mc_script=$(mktemp) || exit 1", "trap 'rm -f -- \"$mc_script\"' EXIT",
                "base64 -d >\"$mc_script\" <<'\(token)'", Base64.encode(bytes), token,
            ]
            let words = Self.interpreter(of: bytes).map(ShellQuoting.quoted)
            command = (words + ["\"$mc_script\""] + arguments.map(ShellQuoting.quoted)).joined(separator: " ")
        }
        if errand.input.isEmpty {
            lines.append("setsid \(command) </dev/null 3<&- &")
        } else {
            lines += [
                "base64 -d <<'\(token)' | setsid \(command) 3<&- &", Base64.encode(errand.input), token,
            ]
        }
        lines.append(Self.watch)
        text = Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// Waits for the command with an ear on standard input.
    private static let watch = """
        mc_pid=$!
        (
            while IFS= read -r mc_word && [ "$mc_word" != stop ]; do :; done
            kill -TERM "-$mc_pid" || kill -TERM "$mc_pid"
            sleep 10
            kill -KILL "-$mc_pid"
        ) <&3 >/dev/null 2>&1 &
        mc_ear=$!
        wait "$mc_pid"
        mc_code=$?
        kill -KILL "$mc_ear" 2>/dev/null
        exit "$mc_code"
        }
        """

    /// The words of `#!`: a path and at most one argument, as execve(2) takes them.
    private static func interpreter(of script: [UInt8]) -> [String] {
        guard script.starts(with: "#!".utf8) else { return ["sh"] }
        let line = String(decoding: script.dropFirst(2).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        let words = line.split(whereSeparator: \.isWhitespace)
        guard let first = words.first else { return ["sh"] }
        return [String(first)] + (words.count > 1 ? [words.dropFirst().joined(separator: " ")] : [])
    }
}
