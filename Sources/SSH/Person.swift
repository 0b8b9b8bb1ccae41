/// Who answers questions while hosts are reached; where nobody does, what needs an answer is refused.
package struct Person: Sendable {
    /// Decides about new host keys.
    package var hostKeys: Dialogue<HostKeyQuestion, Bool>?
    /// Knows the passphrases of encrypted keys.
    package var passphrases: Dialogue<PassphraseQuestion, SecretAnswer>?
    /// Answers what a host asks by keyboard-interactive beside the password, such as a one-time code.
    package var prompts: Dialogue<PromptQuestion, SecretAnswer>?

    /// Nobody.
    package init() {}
}

/// What came of the search for a secret.
package enum SecretAnswer: Sendable, Hashable {
    /// The secret.
    case text(String)
    /// There is none; why, as words that fit into brackets.
    case missing(String)
}

/// What a person is asked about a new host.
package struct HostKeyQuestion: Sendable, Hashable {
    /// The host, as in a file of known hosts: `name` or `[name]:port`.
    package let host: String
    /// The type of key, as `ssh-ed25519`.
    package let type: String
    /// The fingerprint, as `SHA256:…`.
    package let fingerprint: String
    /// The authority that should vouch for the host and does not.
    package let authority: HostKeyAuthority?
}

/// What a person is asked about an encrypted key.
package struct PassphraseQuestion: Sendable, Hashable {
    /// The key file.
    package let file: String
    /// The how manyeth time it is asked for, from 1: the answers before were wrong.
    package let attempt: Int

    /// Makes a question.
    package init(file: String, attempt: Int) {
        self.file = file
        self.attempt = attempt
    }
}

/// What a host asks while somebody logs in.
package struct PromptQuestion: Sendable, Hashable {
    /// The host, as `user@name:port`.
    package let host: String
    /// The host's own words.
    package let text: String
    /// Whether the answer may be seen while it is typed.
    package let isVisible: Bool
    /// Tells the questions of a run apart: the same words need another answer each time.
    let number: Int
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
    package func answer(to question: Question) async -> Answer {
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
