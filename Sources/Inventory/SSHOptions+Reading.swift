import YAML

extension SSHOptions {
    /// What holds where an inventory says nothing: all is left to ~/.ssh/config, with ten seconds to connect.
    static var standard: SSHOptions {
        SSHOptions(
            user: nil, port: nil, key: nil, knownHosts: nil, jump: [], sudoPassword: nil, connectTimeout: 10)
    }

    /// Reads an `ssh:` mapping; what it does not say comes from `base`.
    static func read(_ reader: inout MappingReader, over base: SSHOptions, in reading: InventoryReading)
        -> SSHOptions
    {
        var options = base
        options.user = reader.string("user", as: .login) ?? base.user
        options.port = reader.int("port", in: 1...65535) ?? base.port
        options.key = reading.existingFile("key", in: &reader) ?? base.key
        options.knownHosts = reader.string("knownHosts").map(reading.resolved) ?? base.knownHosts
        options.connectTimeout = reader.int("connectTimeout", in: 1...600) ?? base.connectTimeout
        switch reader.value("jump")?.content {
        case .scalar: options.jump = reader.string("jump", as: .jump).map { [$0] } ?? base.jump
        case .sequence, .mapping: options.jump = reader.list("jump", as: .jump).map(\.text)
        case nil: break
        }
        if let node = reader.value("sudoPassword") {
            let name = "'sudoPassword' of \(reader.what)"
            options.sudoPassword = SecretSource.read(node, named: name, in: reading)
        }
        reader.finish()
        return options
    }
}
