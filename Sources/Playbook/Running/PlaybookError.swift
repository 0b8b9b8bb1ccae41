/// Why a playbook could not be run on a host at all, or its end is not known.
package enum PlaybookError: Error, Sendable, Hashable {
    /// These values are not given; nothing ran.
    case missingValues([String])
    /// A value holds a NUL, which no shell can take; nothing ran.
    case unusableValue(String)
    /// sudo wants a password and has none; nothing ran.
    case sudoNeedsPassword
    /// sudo did not take the password; nothing ran.
    case sudoWrongPassword
    /// sudo does not let the user run this, with what it said; nothing ran.
    case sudoNotAllowed(String)
    /// sudo wants a terminal (`requiretty`), with what it said; nothing ran.
    case sudoNeedsTerminal(String)
    /// sudo itself or its configuration is broken, with what it said; nothing ran.
    case sudoBroken(String)
    /// There is no sudo; nothing ran.
    case sudoMissing
    /// The host's shell could not read the program; nothing ran. The step is where it stumbled, if that is
    /// known.
    case unreadable(step: String?, output: [String])
    /// The login gave no program a chance to run, with what came instead.
    case notStarted(CommandEnd, output: [String])
    /// The connection breaks again and again before anything more is heard of the host.
    case neverHeard(reason: String)
    /// The program ended without saying so, in the named step; what is on the host is not known.
    case cutShort(CommandEnd, step: String?)
}

extension PlaybookError: CustomStringConvertible {
    /// What happened, in one sentence.
    package var description: String {
        switch self {
        case .missingValues(let names):
            "the playbook needs values that are not given: \(names.joined(separator: ", "))"
        case .unusableValue(let name): "the value \(name) holds a NUL character"
        case .sudoNeedsPassword: "sudo asks for a password"
        case .sudoWrongPassword: "sudo does not take the password"
        case .sudoNotAllowed(let words): "sudo refuses: \(words)"
        case .sudoNeedsTerminal(let words): "sudo wants a terminal: \(words)"
        case .sudoBroken(let words): "sudo is broken on the host: \(words)"
        case .sudoMissing: "there is no sudo on the host, and the user is not root"
        case .unreadable(let step, let output):
            "the host's shell cannot read the program"
                + (step.map { ", near the step '\($0)'" } ?? "") + ": " + output.joined(separator: " / ")
        case .notStarted(_, let output):
            "the program did not start: \(output.isEmpty ? "no output" : output.joined(separator: " / "))"
        case .neverHeard(let reason): "the connection breaks again and again: \(reason)"
        case .cutShort(_, let step):
            "the program was ended from outside" + (step.map { " in the step '\($0)'" } ?? "")
        }
    }

    /// What to do about it; nil where there is no general answer.
    package var cure: String? {
        switch self {
        case .missingValues, .unusableValue, .notStarted, .neverHeard: nil
        case .sudoNeedsPassword: "give a sudo password, or allow NOPASSWD in /etc/sudoers.d"
        case .sudoWrongPassword: "give the password of the login user, not root's"
        case .sudoNotAllowed: "add the user to the sudoers"
        case .sudoNeedsTerminal:
            "take requiretty away for the user: 'Defaults:USER !requiretty' in a file of /etc/sudoers.d"
        case .sudoBroken: "mend it as root on the host (visudo -c says where)"
        case .sudoMissing: "install sudo, or log in as root"
        case .unreadable: "mend the shell of the step; nothing has run"
        case .cutShort: "run it again: it goes on where it was"
        }
    }
}
