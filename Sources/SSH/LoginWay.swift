/// One thing to log in with.
enum LoginWay: Sendable, Hashable {
    /// A private key file, perhaps shown by a certificate for it.
    case file(String, certificate: String?)
    /// A key of the agent.
    case agent(AgentKey)
    /// The password, by the method of that name.
    case password
    /// Answers to what the host asks (keyboard-interactive).
    case keyboard

    /// Whether it goes by the method publickey.
    var isKey: Bool {
        switch self {
        case .file, .agent: true
        case .password, .keyboard: false
        }
    }
}
