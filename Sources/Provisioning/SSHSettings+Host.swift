package import Inventory
package import SSH

extension SSHSettings {
    /// The settings to reach a host of an inventory; nil for a host that is this machine itself.
    ///
    /// - Parameters:
    ///   - host: the host.
    ///   - base: what holds for all hosts: home folder, user, agent, how new host keys are treated.
    package init?(_ host: Host, operator base: SSHSettings) {
        guard case .ssh(let options) = host.connection else { return nil }
        self = base
        self.host = host.address
        user = options.user
        port = options.port.flatMap { UInt16(exactly: $0) }
        identityFiles = options.key.map { [$0] } ?? []
        identitiesOnly = options.key != nil
        knownHostsFiles = options.knownHosts.map { [$0] }
        connectTimeoutSeconds = Double(options.connectTimeout)
        if !options.jump.isEmpty { jump = options.jump.map { Self.jump($0, like: self) } }
    }

    /// The settings of one host on the way, `user@host:port`, with the keys and files of the host behind it.
    private static func jump(_ text: String, like host: SSHSettings) -> SSHSettings {
        var settings = host
        settings.jump = []
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
