/// How the process ends (sysexits.h from 64 on; 130 as shells say SIGINT).
struct ExitStatus: Sendable, Hashable {
    /// What was asked is so; for `plan` and `diff`: there is nothing to change.
    static let done = ExitStatus(0, "done")
    /// Something failed.
    static let failed = ExitStatus(1, "failed")
    /// `plan` and `diff`: there is something to change.
    static let pending = ExitStatus(2, "pending")
    /// The command line is wrong.
    static let usage = ExitStatus(64, "usage")
    /// The inventory, a playbook or a manifest is wrong.
    static let badInput = ExitStatus(65, "badInput")
    /// A host could not be reached.
    static let unreachable = ExitStatus(69, "unreachable")
    /// Refused: host key, authentication, sudo.
    static let refused = ExitStatus(77, "refused")
    /// Interrupted by a signal.
    static let interrupted = ExitStatus(130, "interrupted")

    /// The exit code.
    let rawValue: Int32
    /// The status in a word, for records.
    let word: String

    private init(_ rawValue: Int32, _ word: String) {
        self.rawValue = rawValue
        self.word = word
    }

    /// As a program in a pod has ended, whose exit codes mean what it says they mean.
    static func program(_ code: Int32) -> ExitStatus {
        code == 0 ? .done : ExitStatus(code, failed.word)
    }
}
