internal import CLibSSH

extension Session {
    /// What a host makes of an offer.
    enum Reception {
        /// It lets us in.
        case taken
        /// It takes it, and wants something else besides.
        case partly
        /// It does not take it, or it was not offered.
        case refused
    }

    /// Logs in: what worked before in this run first, then the named key files, the agent's other keys, the
    /// files that everybody has, and the password.
    ///
    /// A key that stands in plain sight is offered with its signature at once, which costs one round trip; a
    /// key that needs a passphrase is offered by its public half first, so that nobody is asked in vain.
    ///
    /// - Throws: `.authenticationRefused`, with all that was offered.
    func authenticate() async throws(SSHError) {
        let agent = try openAgent()
        defer { agent?.stop() }
        let ways = LoginWays(target, agent: agent?.keys ?? []).ordered
        for way in ways {
            if !way.isKey, ssh_userauth_list(ssh.raw, nil) == 0 {
                // Nothing was offered so far: ask what the host would take, and whether it takes everybody.
                let rc = try answer("its ways to log in") { ssh_userauth_none(ssh.raw, nil) }
                guard rc != SSH_AUTH_SUCCESS.rawValue else { return }
                offers.refusals = 0
            }
            let reception =
                switch way {
                case .agent(let key): try offer(key, through: agent)
                case .file(let path, let certificate):
                    try await offer(IdentityFile(path: path), certificate)
                case .password: try await offerPassword()
                case .keyboard: try await answerPrompts()
                }
            guard reception != .refused else { continue }
            offers.taken.append(way)
            guard reception == .partly else {
                target.run.remember(offers.taken, of: target.label)
                return
            }
        }
        throw refusal()
    }

    /// Asks the host until it has answered, and counts what it refused.
    func answer(_ what: String, _ call: () -> Int32) throws(SSHError) -> Int32 {
        let rc = try settle(what, again: SSH_AUTH_AGAIN.rawValue, call)
        if rc == SSH_AUTH_ERROR.rawValue { throw hungUp() }
        if rc == SSH_AUTH_DENIED.rawValue { offers.refusals += 1 }
        return rc
    }

    /// What an answer means.
    func reception(_ rc: Int32) -> Reception {
        switch rc {
        case SSH_AUTH_SUCCESS.rawValue: .taken
        case SSH_AUTH_PARTIAL.rawValue: .partly
        default: .refused
        }
    }

    /// Whether the host takes a method, as far as it has said.
    func takes(_ method: UInt32) -> Bool {
        let mask = UInt32(bitPattern: ssh_userauth_list(ssh.raw, nil))
        return mask == 0 || mask & method != 0
    }

    /// A host that says goodbye in the middle of the login has had enough of it; a connection that just ends
    /// is another matter, and libssh 0.10 tells the two apart in its own words alone.
    private func hungUp() -> SSHError {
        let error = failed("the login")
        guard case .lost(let reason) = error.kind, reason.contains("SSH_MSG_DISCONNECT") else { return error }
        return refusal()
    }

    private func refusal() -> SSHError {
        let mask = ssh_is_connected(ssh.raw) == 0 ? 0 : UInt32(bitPattern: ssh_userauth_list(ssh.raw, nil))
        let methods: [(UInt32, String)] = [
            (SSH_AUTH_METHOD_PUBLICKEY, "publickey"), (SSH_AUTH_METHOD_PASSWORD, "password"),
            (SSH_AUTH_METHOD_INTERACTIVE, "keyboard-interactive"), (SSH_AUTH_METHOD_HOSTBASED, "hostbased"),
            (SSH_AUTH_METHOD_GSSAPI_MIC, "gssapi-with-mic"),
        ]
        return target.error(
            .authenticationRefused(
                AuthenticationRefusal(
                    offers: offers.words, tried: offers.methods,
                    accepted: methods.filter { mask & $0.0 != 0 }.map(\.1),
                    hadEnough: ssh_is_connected(ssh.raw) == 0, wantsMore: !offers.taken.isEmpty,
                    hasPassword: target.password != nil)))
    }
}
