/// How a program gets to be root on a host.
package enum Privilege: Sendable {
    /// Not at all: the login user runs it, root or not.
    case none
    /// By sudo that asks for no password; root needs no sudo.
    case sudo
    /// By sudo with a password, which it gets on standard input; root needs no sudo.
    case sudoWithPassword(Secret)

    /// Whether sudo may stand between the login and the program.
    package var usesSudo: Bool {
        if case .none = self { false } else { true }
    }

    /// The command line for the login shell: any shell takes it, and no secret is in it.
    ///
    /// With a password, sudo gets a pipe with that one line as standard input, so that a wrong password costs
    /// one try and not three, and a sudo that asks for none leaves nothing behind. The program then comes by
    /// the descriptor that sudo passes on as standard output.
    package var commandLine: String {
        switch self {
        case .none: "sh -s"
        case .sudo:
            "sh -c 'case $(id -u) in 0) exec sh -s ;; esac; exec env LC_ALL=C sudo -n sh -s'"
        case .sudoWithPassword:
            "sh -c 'IFS= read -r p; case $(id -u) in 0) exec sh -s ;; esac; exec 3<&0; "
                + "printf \"%s\\n\" \"$p\" | "
                + "env LC_ALL=C sudo -S -p \"\" sh -c \"exec sh -s <&1 1>&2\" 2>&1 1<&3 3<&-'"
        }
    }

    /// Whether the program's standard error arrives on standard output: sudo passes on three descriptors, and its
    /// password needs one of its own.
    package var mergesStreams: Bool {
        if case .sudoWithPassword = self { true } else { false }
    }

    /// What goes to standard input before the program.
    package var inputPrefix: [UInt8] {
        guard case .sudoWithPassword(let password) = self else { return [] }
        return Array((password.reveal() + "\n").utf8)
    }
}
