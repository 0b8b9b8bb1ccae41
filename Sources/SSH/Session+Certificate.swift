/// What came of the look for a host's certificate.
enum Certification {
    /// The certificate is good for this key, of that type, as it travels; what to say when the host has another.
    case key([UInt8], type: String, otherwise: HostKeyAuthority)
    /// There is none that is good.
    case missing(HostKeyAuthority)
}

extension Session {
    /// Asks the host for the certificate of its key, where a file of known hosts names authorities for that.
    ///
    /// libssh knows no certificates of hosts. So this makes a connection of its own, before the session's, and looks
    /// only at the certificate; the session then takes no other key than the one that is certified.
    ///
    /// - Parameter lines: what the files of known hosts say of the host.
    /// - Returns: nil where no authority is named.
    /// - Throws: ``SSHError`` when the host cannot be reached.
    func certification(by lines: [KnownHostsLine]) async throws(SSHError) -> Certification? {
        let authorities = lines.authorities(of: target.knownHostsName)
        guard let first = authorities.first else { return nil }
        func objection(_ reason: String) -> HostKeyAuthority {
            HostKeyAuthority(file: first.file, line: first.line, reason: reason)
        }
        guard let socket = try await socket() else {
            return .missing(objection("certificates are not asked for over a ProxyCommand"))
        }
        let blob: [UInt8]
        do {
            blob = try shownKey(RawConnection(socket, wake: wake, deadline: deadline))
        } catch {
            switch error {
            case .silence(let reason): return .missing(objection(reason))
            case .ended(let error): throw target.error(error)
            }
        }
        guard let certificate = HostCertificate(blob) else {
            return .missing(objection("it shows no certificate"))
        }
        let flaw = certificate.flaw(
            for: target.hostKeyAlias?.lowercased() ?? target.hostName.lowercased(), now: target.now(),
            authorities: authorities.map(\.key))
        if let flaw { return .missing(objection(flaw)) }
        return .key(
            certificate.key, type: certificate.type,
            otherwise: objection("its certificate is for another key than the one that it shows"))
    }

    /// What the host shows as its key when it is asked for a certificate.
    private func shownKey(_ connection: borrowing RawConnection) throws(RawConnection.Failure) -> [UInt8] {
        try connection.greet()
        let cookie = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
        try connection.send(KeyExchange.initiation(cookie: cookie))
        let initiation = try connection.message(KeyExchange.Message.initiate)
        try connection.send(try KeyExchange.request(answering: initiation))
        var reply = WireMessage(bytes: try connection.message(KeyExchange.Message.reply).dropFirst())
        guard let key = reply.string() else { throw .silence("it talks nonsense") }
        return Array(key)
    }
}
