import YAML

extension SSHOptions {
    /// What holds where an inventory says nothing: all is left to ~/.ssh/config.
    static var standard: SSHOptions { SSHOptions(jump: []) }

    /// Reads an `ssh:` mapping; what it does not say comes from `base`.
    static func read(_ reader: inout MappingReader, over base: SSHOptions, in reading: InventoryReading)
        -> SSHOptions
    {
        var options = base
        options.user = reader.string("user", as: .login) ?? base.user
        options.port = reader.int("port", in: 1...65535) ?? base.port
        options.key = reading.existingFile("key", in: &reader) ?? base.key
        options.knownHosts = reader.string("knownHosts").map(reading.resolved) ?? base.knownHosts
        options.hostKeys =
            reader.choice("hostKeys", of: HostKeyRule.allCases.map(\.rawValue)).flatMap(HostKeyRule.init)
            ?? base.hostKeys
        options.connectTimeout = reader.int("connectTimeout", in: 1...600) ?? base.connectTimeout
        options.silenceLimit = reader.int("silenceLimit", in: 3...3600) ?? base.silenceLimit
        switch reader.value("jump")?.content {
        case .scalar: options.jump = reader.string("jump", as: .jump).map { [$0] } ?? base.jump
        case .sequence, .mapping: options.jump = reader.list("jump", as: .jump).map(\.text)
        case nil: break
        }
        options.password = secret("password", of: &reader, in: reading) ?? base.password
        options.passphrase = secret("passphrase", of: &reader, in: reading) ?? base.passphrase
        options.sudoPassword = secret("sudoPassword", of: &reader, in: reading) ?? base.sudoPassword
        reader.finish()
        return options
    }

    private static func secret(
        _ key: String, of reader: inout MappingReader, in reading: InventoryReading
    ) -> SecretSource? {
        reader.value(key).flatMap { SecretSource.read($0, named: "'\(key)' of \(reader.what)", in: reading) }
    }
}
