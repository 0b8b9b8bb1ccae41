/// How one host is reached; what stands here wins over `~/.ssh/config`.
package struct SSHSettings: Sendable {
    /// The name, address, or alias in ``configurationFiles``.
    package var host: String
    /// The port; nil takes the configuration's, then 22.
    package var port: UInt16?
    /// The user to log in as; nil takes the configuration's, then the local user.
    package var user: String?
    /// Private key files, offered first and in this order; `~` is the home folder.
    ///
    /// A certificate beside one (`KEY-cert.pub`) goes with it.
    package var identityFiles: [String] = []
    /// Whether nothing but ``identityFiles`` (and the agent's copies of them) is offered.
    package var identitiesOnly = false
    /// The path of the agent's socket ($SSH_AUTH_SOCK); nil uses no agent.
    package var agentSocket: String?
    /// What is done with a host key that no file knows; nil takes the configuration's StrictHostKeyChecking,
    /// then asks.
    package var hostKeyPolicy: HostKeyPolicy?
    /// The user's files of known hosts; new keys are appended to the first, and nil takes OpenSSH's own.
    package var knownHostsFiles: [String]?
    /// How long each wait of connecting may take, from the first packet to the login, questions to a person
    /// apart; nil takes the configuration's ConnectTimeout, then 10 s.
    package var connectTimeoutSeconds: Double?
    /// After how many seconds without a sign of life a connection counts as lost; nil takes the
    /// configuration's ServerAliveInterval (times ServerAliveCountMax), then 30 s.
    package var silenceLimitSeconds: Double?
    /// The hosts on the way, in the order of travel; nil takes the configuration's ProxyJump.
    package var jump: [SSHSettings]?
    /// The password of the login; nil logs in by keys alone.
    ///
    /// Hosts on the way never get it.
    package var password: (@Sendable () async -> SecretAnswer)?
    /// Who is there to answer questions.
    package var person = Person()
    /// Is told what a configuration file says and nobody heeds, as sentences.
    package var onNotice: (@Sendable (String) -> Void)?
    /// What the sessions of one run share.
    package var run = SSHRun()
    /// OpenSSH configuration files, the first that says something wins; nil: `~/.ssh/config` and
    /// `/etc/ssh/ssh_config`.
    package var configurationFiles: [String]?
    /// The operator's home folder, an absolute path.
    package var homeFolder: String
    /// The operator's own user name, which is the user where nothing else names one.
    package var localUser: String
    /// The present moment in seconds since 1970, which certificates of hosts are valid at or not.
    package var now: @Sendable () -> UInt64

    /// The sshds that this one is on the way to.
    var passed: [String] = []

    /// Makes settings for a host, with OpenSSH's defaults.
    package init(
        host: String, homeFolder: String, localUser: String, now: @escaping @Sendable () -> UInt64
    ) {
        self.host = host
        self.now = now
        self.homeFolder = homeFolder
        self.localUser = localUser
    }
}

/// What is done with a host key that no file of known hosts knows; a changed key is always refused.
package enum HostKeyPolicy: String, Sendable, Hashable, CaseIterable {
    /// It is refused.
    case strict
    /// It is accepted and written down.
    case acceptNew = "accept-new"
    /// A person is asked, and what is accepted is written down; where nobody is there it is refused.
    case ask
    /// Nothing is compared and nothing written: for throw-away hosts of tests alone.
    case unchecked
}
