/// Why a session could not be made or kept.
package struct SSHError: Error, Sendable, Hashable {
    /// What happened.
    package enum Kind: Sendable, Hashable {
        /// No connection: the name is unknown, there is no way there, or nobody listens, which the host itself says.
        case unreachable(reason: String, isRefusal: Bool = false)
        /// The host did not answer in time; what it was asked for.
        case timedOut(waitingFor: String)
        /// No file of known hosts has a key of this host.
        case hostKeyUnknown(type: String, fingerprint: String)
        /// The host shows a key that contradicts a file of known hosts.
        case hostKeyChanged(HostKeyConflict)
        /// The host's key is not known, and the authority that should vouch for it by a certificate does not.
        case hostKeyNotCertified(HostKeyAuthority, type: String, fingerprint: String)
        /// The host takes none of what was offered.
        case authenticationRefused(AuthenticationRefusal)
        /// A host on the way refused to go on to the next one.
        case jumpFailed(reason: String)
        /// The connection broke.
        case lost(reason: String)
        /// The two sides do not understand each other, or libssh refuses a setting.
        case protocolFailure(reason: String)
        /// The task was cancelled; whether a command may still run on the host.
        case cancelled(commandMayRun: Bool)
    }

    /// The host, as `user@name:port` where that is known.
    package let host: String
    /// What happened.
    package let kind: Kind
}

/// A host key that contradicts what is known.
package struct HostKeyConflict: Sendable, Hashable {
    /// The file that says so.
    package let file: String
    /// The line of that file, from 1.
    package let line: Int
    /// The type and fingerprint in the file, as `ssh-ed25519 SHA256:…`.
    package let known: String
    /// The type and fingerprint that the host shows.
    package let shown: String
    /// Whether the line says that the key that the host shows is revoked.
    package let isRevoked: Bool
}

/// A line of a file of known hosts that names an authority for certificates of hosts, which does not vouch for one.
package struct HostKeyAuthority: Sendable, Hashable {
    /// The file.
    package let file: String
    /// The line of that file, from 1.
    package let line: Int
    /// Why it does not, as a sentence about the host.
    package let reason: String
}

/// What was offered to a host, and what it would take.
package struct AuthenticationRefusal: Sendable, Hashable {
    /// What was offered, in order, each as a person knows it (file or agent comment, and why something was
    /// not offered).
    package let offers: [String]
    /// The methods that were tried.
    package let tried: [String]
    /// The methods that the host takes; empty when it broke off before saying.
    package let accepted: [String]
    /// Whether the host hung up (its MaxAuthTries).
    package let hadEnough: Bool
    /// Whether the host took something and wanted more (its AuthenticationMethods).
    package let wantsMore: Bool
    /// Whether there was a password to offer.
    package let hasPassword: Bool
}

extension SSHError: CustomStringConvertible {
    /// What happened, and where, as one sentence without a full stop.
    package var message: String {
        switch kind {
        case .unreachable(let reason, _): "\(host) cannot be reached: \(reason)"
        case .timedOut(let what): "\(host) did not answer in time (waiting for \(what))"
        case .hostKeyUnknown(let type, let fingerprint):
            "the host key of \(host) is not known (\(type) \(fingerprint))"
        case .hostKeyChanged(let conflict) where conflict.isRevoked:
            "\(host) shows a host key that \(conflict.file):\(conflict.line) says is revoked (\(conflict.shown))"
        case .hostKeyChanged(let conflict):
            "the host key of \(host) has changed: \(conflict.file):\(conflict.line) says \(conflict.known), "
                + "the host shows \(conflict.shown)"
        case .hostKeyNotCertified(let authority, let type, let fingerprint):
            "the host key of \(host) is not known by itself (\(type) \(fingerprint)), and no certificate vouches for "
                + "it, as \(authority.file):\(authority.line) asks: \(authority.reason)"
        case .authenticationRefused(let refusal): refused(refusal)
        case .jumpFailed(let reason): "no way through \(host): \(reason)"
        case .lost(let reason): "the connection to \(host) was lost: \(reason)"
        case .protocolFailure(let reason): "SSH with \(host) failed: \(reason)"
        case .cancelled(false): "the work on \(host) was cancelled"
        case .cancelled(true):
            "the work on \(host) was cancelled; the command did not end and may still run there"
        }
    }

    /// What the operator can do about it.
    package var cure: String {
        switch kind {
        case .unreachable: "check the address and port, that the host is up, and that its sshd listens"
        case .timedOut: "check that the host is up and that no firewall swallows the connection"
        case .hostKeyUnknown:
            "compare the fingerprint with the host's own (ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub), "
                + "then accept it on a terminal, or with --accept-new-host-keys"
        case .hostKeyChanged(let conflict) where conflict.isRevoked:
            "do not connect; give the host a new key (ssh-keygen -A after removing the old one)"
        case .hostKeyChanged(let conflict):
            "compare what it shows with its own words, on its console (ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub); "
                + "if they agree and it was set up anew, remove that line (sed -i \(conflict.line)d "
                + "\(conflict.file)); if not, somebody may stand between you and it"
        case .hostKeyNotCertified:
            "give the host a certificate of that authority (ssh-keygen -s AUTHORITY -h -n HOST …, and HostCertificate "
                + "in its sshd_config), or write its own key beside that line"
        case .authenticationRefused(let refusal): Self.cure(refusal)
        case .jumpFailed:
            "check that the jump host may open connections there (AllowTcpForwarding, its own network)"
        case .lost: "run it again; what was done stays done"
        case .protocolFailure: "look at the host's sshd log, and try `ssh -v` from here"
        case .cancelled: "run it again when you are ready"
        }
    }

    /// The message and the cure.
    package var description: String { "\(message); \(cure)" }

    private func refused(_ refusal: AuthenticationRefusal) -> String {
        let offers =
            refusal.offers.isEmpty
            ? "no key was found to offer" : "offered: " + refusal.offers.joined(separator: ", ")
        let accepted =
            refusal.accepted.isEmpty ? "" : "; it takes: " + refusal.accepted.joined(separator: ", ")
        let end = refusal.hadEnough ? "; then it hung up" : ""
        let verdict = refusal.wantsMore ? "wants more than it got for the login" : "refuses the login"
        return "\(host) \(verdict) (\(offers)\(accepted)\(end))"
    }

    private static func cure(_ refusal: AuthenticationRefusal) -> String {
        let takesPassword = !Set(refusal.accepted).isDisjoint(with: ["password", "keyboard-interactive"])
        if refusal.hadEnough {
            return
                "it allows fewer tries than there are keys: name the one right key (ssh.key in the inventory)"
        }
        if refusal.accepted.contains("publickey") || !takesPassword {
            let password = takesPassword && !refusal.hasPassword ? "; or set ssh.password" : ""
            return "name the right user and key (ssh.user and ssh.key in the inventory, or IdentityFile in "
                + "~/.ssh/config), and put its public half into the user's ~/.ssh/authorized_keys on the host"
                + password
        }
        return refusal.hasPassword
            ? "check ssh.user and the password"
            : "it takes no keys: set ssh.password in the inventory (prompt, {file: …}, {env: …} or {command: …})"
    }
}
