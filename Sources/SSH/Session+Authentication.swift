internal import CLibSSH
internal import Glibc

extension Session {
    /// Logs in: the named key files first, then the agent's other keys, then the files that everybody has.
    ///
    /// A key that stands in plain sight is offered with its signature at once, which costs one round trip; a
    /// key that needs a passphrase or an agent is offered by its public half first, so that nobody is asked
    /// in vain.
    ///
    /// - Throws: `.authenticationRefused`, with all that was offered.
    func authenticate() async throws(SSHError) {
        let agentKeys = target.agentSocket.flatMap { Agent(path: $0, seconds: 5)?.keys() } ?? []
        let agent = try agentKeys.isEmpty ? nil : startAgent()
        defer { agent?.stop() }
        var left = agentKeys
        for path in target.identityFiles {
            let file = IdentityFile(path: path)
            let blob = file.publicHalf?.publicBase64.flatMap { Base64.bytes($0) }
            if let agent, let index = left.firstIndex(where: { $0.blob == blob }) {
                let key = left.remove(at: index)
                offers.keys.append("\(path) (through the agent)")
                if try offer([key], through: agent) { return }
            } else if try await offer(file) {
                return
            }
        }
        if let agent, !target.identitiesOnly {
            let batch = Array(left.prefix(max(0, Offers.limit - offers.count)))
            offers.keys += batch.map { "\($0.comment) of the agent" }
            if !batch.isEmpty, try offer(batch, through: agent) { return }
            if left.count > batch.count {
                offers.keys.append(
                    "not \(left.count - batch.count) more keys of the agent (the host would hang up)")
            }
        }
        for path in target.defaultIdentityFiles where try await offer(IdentityFile(path: path)) { return }
        if offers.count == 0 {
            // Nothing was to be offered: ask what the host would take, and whether it takes everybody.
            let rc = try answer("its ways to log in") { ssh_userauth_none(ssh.raw, nil) }
            guard rc != SSH_AUTH_SUCCESS.rawValue else { return }
        }
        throw refusal()
    }

    /// Offers a key file; whether that logged in.
    private func offer(_ file: IdentityFile) async throws(SSHError) -> Bool {
        guard !offers.isOver else {
            offers.keys.append("not \(file.path) (the host would hang up)")
            return false
        }
        switch file.privateHalf(passphrase: nil) {
        case .unreadable:
            offers.keys.append(
                "not \(file.path) (\(TextFile.exists(file.path) ? "no key in it" : "cannot be read"))")
            return false
        case .key(let key):
            offers.keys.append(file.path)
            return try sign(with: key)
        case .encrypted:
            return try await offerEncrypted(file)
        }
    }

    private func offerEncrypted(_ file: IdentityFile) async throws(SSHError) -> Bool {
        if let half = file.publicHalf {
            let rc = try answer("an answer to a key") { ssh_userauth_try_publickey(ssh.raw, nil, half.raw) }
            guard rc == SSH_AUTH_SUCCESS.rawValue else {
                offers.keys.append(file.path)
                return false
            }
        }
        for attempt in 1...3 {
            guard
                let words = await target.passphrases?.answer(
                    to: PassphraseQuestion(file: file.path, attempt: attempt)) ?? nil
            else { break }
            deadline = Deadline(seconds: target.timeoutSeconds)
            guard case .key(let key) = file.privateHalf(passphrase: words) else { continue }
            offers.keys.append(file.path)
            return try sign(with: key)
        }
        offers.keys.append("not \(file.path) (its passphrase is not known)")
        return false
    }

    private func sign(with key: borrowing KeyHandle) throws(SSHError) -> Bool {
        let raw = key.raw
        return try answer("the login") { ssh_userauth_publickey(ssh.raw, nil, raw) }
            == SSH_AUTH_SUCCESS.rawValue
    }

    /// Asks the host until it has answered, and counts what it refused.
    private func answer(_ what: String, _ call: () -> Int32) throws(SSHError) -> Int32 {
        let rc = try settle(what, again: SSH_AUTH_AGAIN.rawValue, call)
        if rc == SSH_AUTH_ERROR.rawValue { throw hungUp() }
        if rc != SSH_AUTH_SUCCESS.rawValue { offers.count += 1 }
        return rc
    }

    /// A host that hangs up in the middle of the login has had enough of it.
    private func hungUp() -> SSHError {
        guard ssh_is_connected(ssh.raw) == 0, !offers.keys.isEmpty else { return failed("the login") }
        return refusal()
    }

    private func refusal() -> SSHError {
        let mask = ssh_userauth_list(ssh.raw, nil)
        let methods: [(UInt32, String)] = [
            (SSH_AUTH_METHOD_PUBLICKEY, "publickey"), (SSH_AUTH_METHOD_PASSWORD, "password"),
            (SSH_AUTH_METHOD_INTERACTIVE, "keyboard-interactive"), (SSH_AUTH_METHOD_HOSTBASED, "hostbased"),
            (SSH_AUTH_METHOD_GSSAPI_MIC, "gssapi-with-mic"),
        ]
        let accepted = methods.filter { UInt32(bitPattern: mask) & $0.0 != 0 }.map(\.1)
        let tried = offers.count > 0 && !offers.keys.isEmpty ? ["publickey"] : []
        return target.error(
            .authenticationRefused(AuthenticationRefusal(keys: offers.keys, tried: tried, accepted: accepted))
        )
    }
}

extension Session {
    /// The agent as this session uses it.
    private struct OfferedAgent {
        let filter: AgentFilter
        let socket: Int32

        /// Ends the filter's thread; libssh closes the socket with the session.
        func stop() { shutdown(socket, Int32(SHUT_RDWR)) }
    }

    private func startAgent() throws(SSHError) -> OfferedAgent? {
        guard let path = target.agentSocket else { return nil }
        let (near, far) = try Network.pair(for: target, blocks: true)
        ssh_set_agent_socket(ssh.raw, near)
        let filter = AgentFilter(agent: path)
        Task { await filter.serve(far) }
        return OfferedAgent(filter: filter, socket: near)
    }

    private func offer(_ keys: [AgentKey], through agent: OfferedAgent) throws(SSHError) -> Bool {
        agent.filter.show(keys)
        let before = offers.count
        let rc = try answer("the login through the agent") { ssh_userauth_agent(ssh.raw, nil) }
        if rc != SSH_AUTH_SUCCESS.rawValue { offers.count = before + keys.count }
        return rc == SSH_AUTH_SUCCESS.rawValue
    }
}
