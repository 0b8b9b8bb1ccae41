import Console
import Playbook

/// Everything that a command touches outside of the process; below it there are no globals, variables or clocks.
struct Context: Sendable {
    /// Where results and messages go, and who can be asked.
    let console: Console
    /// The environment variables.
    let environment: [String: String]
    /// The clock.
    let time: Timekeeper
    /// The secrets that were read so far, which nothing that is said or kept may hold.
    let redaction: Redaction
    /// What is kept of this run.
    let record: RunRecord
    /// What goes on on hosts right now.
    let doings = Doings()

    /// The environment as a program gets it: `NAME=value`.
    var variables: [String] { environment.map { "\($0.key)=\($0.value)" }.sorted() }

    /// The person's name as the system has it.
    var user: String { environment["USER"] ?? environment["LOGNAME"] ?? "root" }

    /// The person's home folder.
    var home: String { environment["HOME"] ?? "/" }

    /// Where runs are recorded and clusters' files are kept: `$XDG_STATE_HOME/mooc-cluster`, by default below
    /// `~/.local/state` (XDG Base Directory Specification).
    var stateFolder: String {
        let root = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (root ?? home + "/.local/state") + "/mooc-cluster"
    }

    /// A path as the operating system takes it: `~` is the home folder.
    func path(_ text: String) -> String {
        text == "~" || text.hasPrefix("~/") ? home + text.dropFirst() : text
    }
}
