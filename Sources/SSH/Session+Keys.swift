internal import CLibSSH
internal import Glibc

extension Session {
    /// Offers a key file, shown by a certificate where there is one.
    func offer(_ file: IdentityFile, _ certificate: String?) async throws(SSHError) -> Reception {
        guard takes(SSH_AUTH_METHOD_PUBLICKEY) else { return .refused }
        let name = certificate.map { "\(file.path) with \($0)" } ?? file.path
        guard !offers.isOver else {
            offers.words.append("not \(name) (the host would hang up)")
            return .refused
        }
        switch file.privateHalf(passphrase: nil) {
        case .unreadable:
            offers.words.append(
                "not \(name) (\(TextFile.exists(file.path) ? "no key in it" : "cannot be read"))")
            return .refused
        case .key(let key): return try sign(with: key, certificate, name)
        case .encrypted: return try await offerEncrypted(file, certificate, name)
        }
    }

    private func offerEncrypted(
        _ file: IdentityFile, _ certificate: String?, _ name: String
    ) async throws(SSHError) -> Reception {
        if let half = certificate.flatMap({ IdentityFile.certificate($0) }) ?? file.publicHalf {
            offers.tries("publickey")
            let rc = try answer("an answer to a key") { ssh_userauth_try_publickey(ssh.raw, nil, half.raw) }
            guard rc == SSH_AUTH_SUCCESS.rawValue else {
                offers.words.append(name)
                return .refused
            }
        }
        var reason = "it is encrypted, and nobody is there to ask for its passphrase"
        for attempt in 1...3 {
            let question = PassphraseQuestion(file: file.path, attempt: attempt)
            guard let answer = await target.person.passphrases?.answer(to: question) else { break }
            deadline = Deadline(seconds: target.timeoutSeconds)
            guard case .text(let words) = answer else {
                if case .missing(let why) = answer { reason = why }
                break
            }
            guard case .key(let key) = file.privateHalf(passphrase: words) else {
                reason = "its passphrase is another one"
                continue
            }
            return try sign(with: key, certificate, name)
        }
        offers.words.append("not \(name) (\(reason))")
        return .refused
    }

    private func sign(with key: borrowing KeyHandle, _ certificate: String?, _ name: String)
        throws(SSHError) -> Reception
    {
        offers.words.append(name)
        offers.tries("publickey")
        if let certificate {
            guard let certified = IdentityFile.certificate(certificate),
                ssh_pki_copy_cert_to_privkey(certified.raw, key.raw) == SSH_OK
            else { return .refused }
        }
        let raw = key.raw
        return reception(try answer("the login") { ssh_userauth_publickey(ssh.raw, nil, raw) })
    }
}

extension Session {
    /// The agent as this session uses it.
    struct OfferedAgent {
        /// Its keys.
        let keys: [AgentKey]
        fileprivate let filter: AgentFilter
        fileprivate let socket: Int32

        /// Ends the filter's thread; libssh closes the socket with the session.
        func stop() { shutdown(socket, Int32(SHUT_RDWR)) }
    }

    /// The operator's agent, with libssh made to see it; nil where there is none, or none with keys.
    func openAgent() throws(SSHError) -> OfferedAgent? {
        guard let path = target.agentSocket, let keys = Agent(path: path, seconds: 5)?.keys(), !keys.isEmpty
        else { return nil }
        let (near, far) = try Network.pair(for: target, blocks: true)
        ssh_set_agent_socket(ssh.raw, near)
        let filter = AgentFilter(agent: path)
        Task { await filter.serve(far) }
        return OfferedAgent(keys: keys, filter: filter, socket: near)
    }

    /// Offers one key of the agent.
    func offer(_ key: AgentKey, through agent: OfferedAgent?) throws(SSHError) -> Reception {
        guard let agent, takes(SSH_AUTH_METHOD_PUBLICKEY) else { return .refused }
        guard !offers.isOver else {
            offers.words.append("not \(key.words) (the host would hang up)")
            return .refused
        }
        offers.words.append(key.words)
        offers.tries("publickey")
        agent.filter.show([key])
        return reception(
            try answer("the login through the agent") { ssh_userauth_agent(ssh.raw, nil) })
    }
}
