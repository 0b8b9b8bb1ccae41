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
    /// The names, separated by commas; `+`, `-` and `^` before them change libssh's own list.
    let value: String
}
