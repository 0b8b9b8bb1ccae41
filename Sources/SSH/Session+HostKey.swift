internal import CLibSSH

extension Session {
    /// Compares the host's key with the files of known hosts, and does what the policy says with a new one.
    ///
    /// - Throws: `.hostKeyUnknown`, `.hostKeyChanged`, or `.protocolFailure` when an accepted key cannot be
    ///   kept.
    func checkHostKey() async throws(SSHError) {
        if case .unchecked = target.hostKeyPolicy { return }
        var raw: ssh_key?
        guard ssh_get_server_publickey(ssh.raw, &raw) == SSH_OK else {
            throw failed("reading the host's key")
        }
        let key = KeyHandle(raw)
        let known = KnownHosts(files: target.knownHostsFiles + target.globalKnownHostsFiles)
        guard try !isKnown(known.verdict(on: key, of: target.knownHostsName)) else { return }
        guard await isAccepted(key) else {
            let (type, hash) = key.fingerprint
            throw target.error(.hostKeyUnknown(type: type, fingerprint: hash))
        }
        let now: KnownHosts.Verdict
        do {
            now = try known.add(key, of: target.knownHostsName)
        } catch {
            throw target.error(.protocolFailure(reason: "its key cannot be kept: \(error.reason)"))
        }
        _ = try isKnown(now)
    }

    private func isKnown(_ verdict: KnownHosts.Verdict) throws(SSHError) -> Bool {
        switch verdict {
        case .known: true
        case .unknown: false
        case .conflict(let conflict): throw target.error(.hostKeyChanged(conflict))
        }
    }

    private func isAccepted(_ key: borrowing KeyHandle) async -> Bool {
        let (type, hash) = key.fingerprint
        return switch target.hostKeyPolicy {
        case .strict: false
        case .acceptNew, .unchecked: true
        case .ask(let person):
            await person.answer(
                to: HostKeyQuestion(host: target.knownHostsName, type: type, fingerprint: hash))
        }
    }
}
