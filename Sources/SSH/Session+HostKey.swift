internal import CLibSSH
internal import Cryptography

extension Session {
    /// Asks for a key of a kind that is known of this host, where one is, so that a host that has others
    /// besides is not taken for a changed one.
    func preferKnownHostKeys(_ lines: [KnownHostsLine], _ certification: Certification?) {
        guard !target.algorithms.contains(where: { $0.kind == .hostKeys }) else { return }
        var types = lines.types(of: target.knownHostsName)
        if case .key(_, let type, _)? = certification { types.insert(type, at: 0) }
        let names = types.flatMap { $0 == "ssh-rsa" ? ["rsa-sha2-512", "rsa-sha2-256"] : [$0] }
        guard !names.isEmpty else { return }
        let all = Algorithm(kind: .hostKeys, value: "^" + names.joined(separator: ",")).names
        // libssh leaves out what it does not know, and such a key is of no use here.
        _ = ssh.set(SSH_OPTIONS_HOSTKEYS, all)
    }

    /// Compares the host's key with the files of known hosts, and does what the policy says with a new one.
    ///
    /// A key that an authority vouches for is taken whatever the files say of others; a revoked one never is.
    ///
    /// - Throws: `.hostKeyUnknown`, `.hostKeyChanged`, `.hostKeyNotCertified`, or `.protocolFailure` when
    ///   an accepted key cannot be kept.
    func checkHostKey(_ known: KnownHosts, _ certification: Certification?) async throws(SSHError) {
        if target.hostKeyPolicy == .unchecked { return }
        var raw: ssh_key?
        guard ssh_get_server_publickey(ssh.raw, &raw) == SSH_OK else {
            throw failed("reading the host's key")
        }
        let key = KeyHandle(raw)
        let (type, hash) = key.fingerprint
        let verdict = known.verdict(on: key, of: target.knownHostsName)
        var authority: HostKeyAuthority?
        var isCertified = false
        switch certification {
        case .key(let certified, _, let otherwise)?:
            isCertified = !verdict.isRevoked && key.publicBase64 == Base64.encode(certified)
            authority = otherwise
        case .missing(let one)?: authority = one
        case nil: break
        }
        let wasKnown = isCertified ? true : try isKnown(verdict)
        hostKey = HostKey(type: type, fingerprint: hash, wasKnown: wasKnown)
        guard !wasKnown else { return }
        guard await isAccepted(type, hash, authority) else {
            if let authority {
                throw target.error(.hostKeyNotCertified(authority, type: type, fingerprint: hash))
            }
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

    /// Whether a new key is taken; where an authority should vouch for it and does not, only a person can.
    private func isAccepted(_ type: String, _ hash: String, _ authority: HostKeyAuthority?) async -> Bool {
        switch target.hostKeyPolicy {
        case .strict: return false
        case .acceptNew, .unchecked: return authority == nil
        case .ask:
            let question = HostKeyQuestion(
                host: target.knownHostsName, type: type, fingerprint: hash, authority: authority)
            return await target.person.hostKeys?.answer(to: question) ?? false
        }
    }
}

/// The key by which a host was told from all others.
package struct HostKey: Sendable, Hashable {
    /// Its type, as `ssh-ed25519`.
    package let type: String
    /// Its fingerprint, as `SHA256:…`.
    package let fingerprint: String
    /// Whether a file of known hosts had it before this connection, or an authority vouches for it.
    package let wasKnown: Bool
}
