/// How the process ends (sysexits.h from 64 on; 130 as shells say SIGINT).
enum ExitStatus: Sendable, Hashable {
    /// What was asked is so; for `plan` and `diff`: there is nothing to change.
    case done
    /// Something failed.
    case failed
    /// `plan` and `diff`: there is something to change.
    case pending
    /// The command line is wrong.
    case usage
    /// The inventory, a playbook or a manifest is wrong.
    case badInput
    /// A host could not be reached.
    case unreachable
    /// Refused: host key, authentication, sudo.
    case refused
    /// Interrupted by a signal.
    case interrupted
    /// As a program on a host or in a pod ended, whose codes mean what it says they mean.
    case program(Int32)

    /// The exit code.
    var code: Int32 {
        switch self {
        case .done: 0
        case .failed: 1
        case .pending: 2
        case .usage: 64
        case .badInput: 65
        case .unreachable: 69
        case .refused: 77
        case .interrupted: 130
        case .program(let code): code
        }
    }

    /// The status in a word, for records.
    var word: String {
        if case .program(let code) = self { code == 0 ? "done" : "failed" } else { "\(self)" }
    }

    /// What counts of several: a failure weighs more than a host that was refused, and that more than one that was
    /// not reached; nil where none of them is here.
    static func worst(of all: [ExitStatus]) -> ExitStatus? {
        let weights: [ExitStatus] = [.failed, .badInput, .refused, .usage, .unreachable]
        return weights.first(where: all.contains)
    }
}
