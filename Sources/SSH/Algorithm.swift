internal import CLibSSH

/// A choice of algorithms that a configuration file makes.
struct Algorithm: Sendable, Hashable {
    /// What is chosen, by OpenSSH's keyword in lower case.
    enum Kind: String, Sendable, CaseIterable {
        /// How data is encrypted.
        case ciphers
        /// How data is authenticated.
        case macs
        /// How keys are agreed on.
        case keyExchange = "kexalgorithms"
        /// Which kinds of host keys are taken.
        case hostKeys = "hostkeyalgorithms"
        /// Which kinds of signatures are made.
        case publicKeys = "pubkeyacceptedalgorithms"

        /// The options of libssh that say so: one for each direction where there are two.
        var options: [ssh_options_e] {
            switch self {
            case .ciphers: [SSH_OPTIONS_CIPHERS_C_S, SSH_OPTIONS_CIPHERS_S_C]
            case .macs: [SSH_OPTIONS_HMAC_C_S, SSH_OPTIONS_HMAC_S_C]
            case .keyExchange: [SSH_OPTIONS_KEY_EXCHANGE]
            case .hostKeys: [SSH_OPTIONS_HOSTKEYS]
            case .publicKeys: [SSH_OPTIONS_PUBLICKEY_ACCEPTED_TYPES]
            }
        }
    }

    /// What is chosen.
    let kind: Kind
    /// The names, separated by commas; `+`, `-` and `^` before them change the list of what is taken otherwise
    /// (ssh_config(5)).
    let value: String

    /// The whole list, without a sign before it: libssh 0.10 takes none.
    var names: String {
        let words = value.split(separator: ",").map(String.init)
        guard let sign = value.first, "+-^".contains(sign) else { return value }
        let own = [String(words[0].dropFirst())] + words.dropFirst()
        let others =
            sign == "-"
            ? kind.standard.filter { !ConfigurationFile.matches($0, own) }
            : kind.standard.filter { !own.contains($0) }
        return (sign == "-" ? others : sign == "+" ? others + own : own + others).joined(separator: ",")
    }
}

extension Algorithm.Kind {
    /// What libssh 0.10 takes where nothing is chosen (the defaults of its kex.c, which it tells nobody).
    var standard: [String] {
        let hostKeys = [
            "ssh-ed25519", "ecdsa-sha2-nistp521", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp256",
            "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com", "rsa-sha2-512",
            "rsa-sha2-256",
        ]
        return switch self {
        case .ciphers:
            [
                "chacha20-poly1305@openssh.com", "aes256-gcm@openssh.com", "aes128-gcm@openssh.com",
                "aes256-ctr", "aes192-ctr", "aes128-ctr",
            ]
        case .macs:
            [
                "hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256",
                "hmac-sha2-512",
            ]
        case .keyExchange:
            [
                "curve25519-sha256", "curve25519-sha256@libssh.org", "ecdh-sha2-nistp256",
                "ecdh-sha2-nistp384", "ecdh-sha2-nistp521", "diffie-hellman-group18-sha512",
                "diffie-hellman-group16-sha512", "diffie-hellman-group-exchange-sha256",
                "diffie-hellman-group14-sha256",
            ]
        case .hostKeys: hostKeys
        case .publicKeys:
            [
                "ssh-ed25519-cert-v01@openssh.com", "ecdsa-sha2-nistp521-cert-v01@openssh.com",
                "ecdsa-sha2-nistp384-cert-v01@openssh.com", "ecdsa-sha2-nistp256-cert-v01@openssh.com",
                "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com", "rsa-sha2-512-cert-v01@openssh.com",
                "rsa-sha2-256-cert-v01@openssh.com",
            ] + hostKeys
        }
    }
}
