package import Inventory
package import SSH

extension SSHSettings {
    /// The settings to reach a host of an inventory; nil for a host that is this machine itself.
    ///
    /// - Parameters:
    ///   - host: the host.
    ///   - base: what holds for all hosts: home folder, user, agent, who answers questions, and how new host keys
    ///     are treated where the command line says it.
    ///   - secret: reads a secret of the inventory, told which setting it is (`ssh.password of NAME`).
    package init?(
        _ host: Host, operator base: SSHSettings,
        secret: @escaping @Sendable (SecretSource, String) async -> SecretAnswer
    ) {
        guard case .ssh(let options) = host.connection else { return nil }
        self = base
        self.host = host.address
        user = options.user
        port = options.port.flatMap { UInt16(exactly: $0) }
        identityFiles = options.key.map { [$0] } ?? []
        identitiesOnly = options.key != nil
        knownHostsFiles = options.knownHosts.map { [$0] }
        hostKeyPolicy = base.hostKeyPolicy ?? options.hostKeys?.policy
        connectTimeoutSeconds = options.connectTimeout.map(Double.init)
        silenceLimitSeconds = options.silenceLimit.map(Double.init)
        if let key = options.key, let source = options.passphrase {
            person.passphrases = Dialogue { [others = base.person.passphrases] question in
                // A passphrase that was wrong stays so: the next attempt is a person's.
                if question.attempt == 1, question.file == key {
                    return await secret(source, "ssh.passphrase of \(host.name)")
                }
                return await others?.answer(to: question) ?? .missing("its passphrase is another one")
            }
        }
        // The hosts on the way are others: they have this one's keys and files, and not its password.
        if !options.jump.isEmpty { jump = options.jump.map { Self.jump($0, like: self) } }
        if let source = options.password {
            password = { await secret(source, "ssh.password of \(host.name)") }
        }
    }

    /// The settings of one host on the way, `user@host:port`, with the keys and files of the host behind it.
    private static func jump(_ text: String, like host: SSHSettings) -> SSHSettings {
        var settings = host
        settings.jump = nil
        settings.user = nil
        settings.port = nil
        var rest = text[...]
        if let at = rest.lastIndex(of: "@") {
            settings.user = String(rest[..<at])
            rest = rest[rest.index(after: at)...]
        }
        if let colon = rest.lastIndex(of: ":"), let port = UInt16(rest[rest.index(after: colon)...]) {
            settings.port = port
            rest = rest[..<colon]
        }
        settings.host = String(rest)
        return settings
    }
}

extension HostKeyRule {
    /// The same for a session.
    fileprivate var policy: HostKeyPolicy {
        switch self {
        case .ask: .ask
        case .acceptNew: .acceptNew
        case .strict: .strict
        }
    }
}
