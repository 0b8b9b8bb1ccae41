/// How one host is reached; what stands here wins over `~/.ssh/config`.
package struct SSHSettings: Sendable {
    /// The name, address, or alias in ``configurationFiles``.
    package var host: String
    /// The port; nil takes the configuration's, then 22.
    package var port: UInt16?
    /// The user to log in as; nil takes the configuration's, then the local user.
    package var user: String?
    /// Private key files, offered first and in this order; `~` is the home folder.
    package var identityFiles: [String] = []
    /// Whether nothing but ``identityFiles`` (and the agent's copies of them) is offered.
    package var identitiesOnly = false
    /// The path of the agent's socket ($SSH_AUTH_SOCK); nil uses no agent.
    package var agentSocket: String?
    /// What is done with a host key that no file knows.
    package var hostKeyPolicy: HostKeyPolicy = .strict
    /// The user's files of known hosts; new keys are appended to the first, and nil takes OpenSSH's own.
    package var knownHostsFiles: [String]?
    /// How long each wait of connecting may take: from the first packet to the login, questions to a person
    /// apart.
    package var connectTimeoutSeconds: Double = 15
    /// The hosts on the way, in the order of travel; nil takes the configuration's ProxyJump.
    package var jump: [SSHSettings]?
    /// Who knows the passphrases of encrypted keys; nil leaves such keys out.
    package var passphrases: Dialogue<PassphraseQuestion, String?>?
    /// OpenSSH configuration files, the first that says something wins; nil: `~/.ssh/config` and
    /// `/etc/ssh/ssh_config`.
    package var configurationFiles: [String]?
    /// The operator's home folder, an absolute path.
    package var homeFolder: String
    /// The operator's own user name, which is the user where nothing else names one.
    package var localUser: String

    /// Makes settings for a host, with OpenSSH's defaults.
    package init(host: String, homeFolder: String, localUser: String) {
        self.host = host
        self.homeFolder = homeFolder
        self.localUser = localUser
    }
}

/// What is done with a host key that no file of known hosts knows; a changed key is always refused.
package enum HostKeyPolicy: Sendable {
    /// It is refused.
    case strict
    /// It is accepted and written down.
    case acceptNew
    /// A person is asked; what is accepted is written down.
    case ask(Dialogue<HostKeyQuestion, Bool>)
    /// Nothing is compared and nothing written: for throw-away hosts of tests alone.
    case unchecked
}

/// What a person is asked about a new host.
package struct HostKeyQuestion: Sendable, Hashable {
    /// The host, as in a file of known hosts: `name` or `[name]:port`.
    package let host: String
    /// The type of key, as `ssh-ed25519`.
    package let type: String
    /// The fingerprint, as `SHA256:…`.
    package let fingerprint: String
}

/// What a person is asked about an encrypted key.
package struct PassphraseQuestion: Sendable, Hashable {
    /// The key file.
    package let file: String
    /// The how manyeth time it is asked for, from 1: the answers before were wrong.
    package let attempt: Int
}

/// Asks a person one question at a time, and each question once, however many sessions want to know.
package actor Dialogue<Question: Hashable & Sendable, Answer: Sendable> {
    private let question: @Sendable (Question) async -> Answer
    private var asked: [Question: Task<Answer, Never>] = [:]
    private var last: Task<Answer, Never>?

    /// Makes a dialogue.
    ///
    /// - Parameter question: asks the person; never called twice at once.
    package init(_ question: @escaping @Sendable (Question) async -> Answer) {
        self.question = question
    }

    /// The person's answer, from memory where the question was asked before.
    func answer(to question: Question) async -> Answer {
        let task = asked[question] ?? start(question)
        // The task belongs to no session alone, so cancelling does not reach it by itself; the question would
        // stay on the terminal.
        return await withTaskCancellationHandler {
            let answer = await task.value
            if task.isCancelled { asked[question] = nil }
            return answer
        } onCancel: {
            task.cancel()
        }
    }

    private func start(_ question: Question) -> Task<Answer, Never> {
        let before = last
        let task = Task { [ask = self.question] in
            _ = await before?.value
            return await ask(question)
        }
        asked[question] = task
        last = task
        return task
    }
}
