internal import CLibSSH

extension Session {
    /// Offers the password, where the host takes one by that method.
    func offerPassword() async throws(SSHError) -> Reception {
        guard takes(SSH_AUTH_METHOD_PASSWORD), !offers.methods.contains("password"),
            let password = await password()
        else { return .refused }
        offers.words.append("the password")
        offers.tries("password")
        return reception(
            try answer("an answer to the password") { ssh_userauth_password(ssh.raw, nil, password) })
    }

    /// Answers what the host asks: the password where it asks for that, a person for all else.
    ///
    /// A host that has had the password by its own method is not told it again, unless it wants both.
    func answerPrompts() async throws(SSHError) -> Reception {
        let hadPassword = offers.methods.contains("password")
        let wantsMore = !offers.taken.isEmpty
        guard takes(SSH_AUTH_METHOD_INTERACTIVE), !offers.methods.contains("keyboard-interactive"),
            wantsMore || !hadPassword && target.password != nil
        else { return .refused }
        offers.tries("keyboard-interactive")
        var hasTold = offers.taken.contains(.password)
        while true {
            let rc = try answer("its questions") { ssh_userauth_kbdint(ssh.raw, nil, nil) }
            guard rc == SSH_AUTH_INFO.rawValue else { return reception(rc) }
            let count = max(0, ssh_userauth_kbdint_getnprompts(ssh.raw))
            for index in 0..<UInt32(count) {
                var isVisible: CChar = 0
                let text = ssh_userauth_kbdint_getprompt(ssh.raw, index, &isVisible).map {
                    String(cString: $0)
                }
                let words = (text ?? "").split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
                let isFirstSecret = isVisible == 0 && !hasTold
                guard let answer = try await answer(to: words, isVisible != 0, isPassword: isFirstSecret)
                else { return .refused }
                if isFirstSecret { hasTold = true }
                guard ssh_userauth_kbdint_setanswer(ssh.raw, index, answer) == 0 else {
                    throw failed("an answer")
                }
            }
        }
    }

    /// The answer to one of the host's questions; nil with a word about it where there is none.
    private func answer(
        to text: String, _ isVisible: Bool, isPassword: Bool
    ) async throws(SSHError) -> String? {
        let person = target.person.prompts
        // With nobody to ask, the first secret that a host wants can only be the password.
        if isPassword, target.password != nil, person == nil || text.lowercased().contains("password") {
            let password = await password()
            if password != nil { offers.words.append("the password (to “\(text)”)") }
            return password
        }
        let question = PromptQuestion(
            host: target.label, text: text, isVisible: isVisible, number: target.run.promptNumber())
        let answer = await person?.answer(to: question)
        deadline = Deadline(seconds: target.timeoutSeconds)
        switch answer {
        case .text(let words):
            offers.words.append("an answer to “\(text)”")
            return words
        case .missing(let why): offers.words.append("no answer to “\(text)” (\(why))")
        case nil: offers.words.append("no answer to “\(text)” (nobody is there to ask)")
        }
        return nil
    }

    private func password() async -> String? {
        let answer = await target.password?()
        deadline = Deadline(seconds: target.timeoutSeconds)
        switch answer {
        case .text(let words): return words
        case .missing(let why):
            offers.words.append("not the password (\(why))")
            return nil
        case nil: return nil
        }
    }
}
