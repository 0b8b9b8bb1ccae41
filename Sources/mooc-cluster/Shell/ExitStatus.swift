/// How the process ends (sysexits.h from 64 on; 130 as shells say SIGINT).
enum ExitStatus: Int32, Sendable {
    /// What was asked is so; for `plan` and `diff`: there is nothing to change.
    case done = 0
    /// Something failed.
    case failed = 1
    /// `plan` and `diff`: there is something to change.
    case pending = 2
    /// The command line is wrong.
    case usage = 64
    /// The inventory, a playbook or a manifest is wrong.
    case badInput = 65
    /// A host could not be reached.
    case unreachable = 69
    /// Refused: host key, authentication, sudo.
    case refused = 77
    /// Interrupted by a signal.
    case interrupted = 130

    /// The status in a word, for records.
    var word: String { "\(self)" }
}
