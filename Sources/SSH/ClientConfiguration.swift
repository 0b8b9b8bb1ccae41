internal import CLibSSH

/// What `~/.ssh/config` and its like say about a host.
enum ClientConfiguration {
    /// Decides everything about a host: the settings, then the configuration files, then the defaults.
    ///
    /// - Throws: `.protocolFailure` for a value that means nothing.
    static func target(for settings: SSHSettings) throws(SSHError) -> Target {
        let home = settings.homeFolder
        return Target(
            hostKeyAlias: nil, hostName: settings.host, port: settings.port ?? 22,
            user: settings.user ?? settings.localUser,
            identityFiles: settings.identityFiles,
            defaultIdentityFiles: settings.identityFiles.isEmpty
                ? ["id_ed25519", "id_ecdsa", "id_rsa"].map { "\(home)/.ssh/\($0)" } : [],
            identitiesOnly: settings.identitiesOnly, agentSocket: settings.agentSocket,
            knownHostsFiles: settings.knownHostsFiles ?? ["\(home)/.ssh/known_hosts"],
            globalKnownHostsFiles: ["/etc/ssh/ssh_known_hosts"],
            hostKeyPolicy: settings.hostKeyPolicy, timeoutSeconds: settings.connectTimeoutSeconds,
            jump: settings.jump ?? [], proxyCommand: nil, algorithms: [], passphrases: settings.passphrases)
    }
}
