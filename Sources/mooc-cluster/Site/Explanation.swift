import Playbook
import Provisioning
import SSH

/// What an error of reaching a host means: what happened, what to do, and the exit status.
struct Explanation {
    /// What happened.
    let message: String
    /// What to do.
    let cure: String
    /// How the process ends when this is what ended it.
    let status: ExitStatus

    /// Explains an error.
    init(_ error: any Error) {
        switch error {
        case let error as SSHError:
            (message, cure) = (error.message, error.cure)
            switch error.kind {
            case .hostKeyUnknown, .hostKeyChanged, .hostKeyNotCertified, .authenticationRefused:
                status = .refused
            case .cancelled: status = .interrupted
            case .unreachable, .timedOut, .jumpFailed, .lost, .protocolFailure: status = .unreachable
            }
        case let error as PlaybookError:
            (message, cure) = (error.description, error.cure ?? "run it again with --verbose to see more")
            switch error {
            case .sudoNeedsPassword, .sudoWrongPassword, .sudoNotAllowed, .sudoNeedsTerminal, .sudoBroken,
                .sudoMissing:
                status = .refused
            case .missingValues, .unusableValue, .unreadable: status = .badInput
            case .notStarted, .neverHeard, .cutShort: status = .failed
            }
        case let error as KeySetup.Unproven:
            let told = Explanation(error.error)
            message = "the key is there, and does not log in: \(told.message)"
            cure =
                error.isHomeOpen
                ? "let nobody else write to the home folder there: chmod go-w ~"
                : "look at PubkeyAuthentication and AuthorizedKeysFile of sshd there: sshd -T"
            status = told.status
        default:
            let failure = Failure(error)
            (message, cure) = (failure.text, "mend that, then run the same command again")
            status = failure.status
        }
    }
}

extension Result where Failure == any Error {
    /// What the failure means; nil where it went well.
    var trouble: Explanation? {
        if case .failure(let error) = self { Explanation(error) } else { nil }
    }
}
