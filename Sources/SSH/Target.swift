/// One host with everything decided: the settings, what the configuration files add, and the defaults.
struct Target: Sendable {
    /// The name that files of known hosts have it under: the configuration's HostKeyAlias, else ``hostName``.
    var hostKeyAlias: String?
    /// The name or address that is connected to.
    var hostName: String
    /// The port.
    var port: UInt16
    /// The user to log in as.
    var user: String
    /// The key files named by the operator, absolute.
    var identityFiles: [String]
    /// The key files that are tried where none is named, absolute.
    var defaultIdentityFiles: [String]
    /// The files of certificates for keys (`KEY-cert.pub` beside a key apart), absolute.
    var certificateFiles: [String]
    /// Whether nothing but ``identityFiles`` is offered.
    var identitiesOnly: Bool
    /// The agent's socket; nil uses none.
    var agentSocket: String?
    /// The user's files of known hosts, absolute; new keys go to the first.
    var knownHostsFiles: [String]
    /// The system's files of known hosts.
    var globalKnownHostsFiles: [String]
    /// What is done with unknown host keys.
    var hostKeyPolicy: HostKeyPolicy
    /// How long each wait of connecting may take.
    var timeoutSeconds: Double
    /// After how many seconds without a sign of life the connection counts as lost.
    var silenceLimitSeconds: Double
    /// The hosts on the way.
    var jump: [SSHSettings]
    /// The sshds that this host is on the way to.
    var passed: [String]
    /// A command of the configuration that makes the connection instead of TCP.
    var proxyCommand: String?
    /// The configuration's choice of algorithms, for libssh.
    var algorithms: [Algorithm]
    /// Whether the password is offered before all keys: nobody named a key for this host.
    var prefersPassword: Bool
    /// The password of the login.
    var password: (@Sendable () async -> SecretAnswer)?
    /// Who answers questions.
    var person: Person
    /// The present moment, in seconds since 1970.
    var now: @Sendable () -> UInt64
    /// What the sessions of one run share.
    var run: SSHRun

    /// The host as people read it in messages.
    var label: String { "\(user)@\(hostName)" + (port == 22 ? "" : ":\(port)") }

    /// The host as files of known hosts have it.
    var knownHostsName: String {
        if let hostKeyAlias { return hostKeyAlias.lowercased() }
        let name = hostName.lowercased()
        return port == 22 ? name : "[\(name)]:\(port)"
    }

    /// Tells apart the sshds that are connected to, for the hosts that share one.
    var sshd: String {
        let way = jump.map { "\($0.user ?? "")@\($0.host):\($0.port ?? 0)/" }.joined()
        return "\(proxyCommand ?? "")\(way)\(hostName):\(port)"
    }

    /// An error on this host.
    func error(_ kind: SSHError.Kind) -> SSHError { SSHError(host: label, kind: kind) }
}
