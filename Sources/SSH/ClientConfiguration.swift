/// Decides everything about a host: the settings, then OpenSSH's configuration files, then the defaults.
enum ClientConfiguration {
    /// Everything about a host.
    ///
    /// - Throws: `.protocolFailure` for a port or jump host that is none, or files that include each other
    ///   without an end.
    static func target(
        for settings: SSHSettings, source: ConfigurationSource = .machine
    ) throws(SSHError) -> Target {
        let home = settings.homeFolder
        var file = ConfigurationFile(
            originalHost: settings.host, user: settings.user, localUser: settings.localUser, homeFolder: home,
            source: source)
        for path in settings.configurationFiles ?? ["\(home)/.ssh/config", "/etc/ssh/ssh_config"] {
            try file.read(path)
        }
        let user = file["user"] ?? settings.localUser
        let hostName = replace(file["hostname"] ?? settings.host, ["h": settings.host])
        let wrong = SSHError(host: settings.host, kind: .protocolFailure(reason: "its port is no port"))
        guard let port = settings.port ?? UInt16(file["port"] ?? "22") else { throw wrong }
        let tokens = [
            "h": hostName, "n": settings.host, "p": "\(port)", "r": user, "u": settings.localUser, "d": home,
        ]
        func path(_ path: String) -> String { expand(replace(path, tokens), home) }
        let identities = settings.identityFiles.map { expand($0, home) } + file.all("identityfile").map(path)
        let proxyJump = try jump(file["proxyjump"], settings, hostName, port)
        for notice in file.notices { settings.onNotice?(notice) }
        let command = file["proxycommand"].flatMap { $0.lowercased() == "none" ? nil : replace($0, tokens) }
        let target = Target(
            hostKeyAlias: file["hostkeyalias"], hostName: hostName, port: port, user: user,
            identityFiles: unique(identities.filter { $0 != "none" }),
            defaultIdentityFiles: identities.isEmpty
                ? ["id_ed25519", "id_ecdsa", "id_rsa"].map { "\(home)/.ssh/\($0)" }.filter(TextFile.exists)
                : [],
            certificateFiles: unique(file.all("certificatefile").map(path).filter { $0 != "none" }),
            identitiesOnly: settings.identitiesOnly || file["identitiesonly"]?.lowercased() == "yes",
            agentSocket: agent(file["identityagent"], settings, path),
            knownHostsFiles: settings.knownHostsFiles?.map { expand($0, home) }
                ?? knownHosts(
                    file.all("userknownhostsfile"), ["~/.ssh/known_hosts", "~/.ssh/known_hosts2"], path),
            globalKnownHostsFiles: knownHosts(
                file.all("globalknownhostsfile"), ["/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"],
                path),
            hostKeyPolicy: settings.hostKeyPolicy ?? policy(file["stricthostkeychecking"]),
            timeoutSeconds: settings.connectTimeoutSeconds ?? seconds(file["connecttimeout"]) ?? 10,
            silenceLimitSeconds: settings.silenceLimitSeconds ?? silenceLimit(file) ?? 30,
            jump: settings.jump ?? proxyJump, passed: settings.passed,
            proxyCommand: settings.jump == nil ? command : nil,
            algorithms: Algorithm.Kind.allCases.compactMap { kind in
                file[kind.rawValue].map { Algorithm(kind: kind, value: $0) }
            }, prefersPassword: settings.password != nil && settings.identityFiles.isEmpty,
            password: settings.password, person: settings.person, now: settings.now, run: settings.run)
        if settings.passed.contains(target.sshd) {
            let circle = SSHError.Kind.protocolFailure(reason: "its ProxyJump leads in a circle")
            throw SSHError(host: settings.host, kind: circle)
        }
        return target
    }

    /// What StrictHostKeyChecking means; with `no` (and `off`) a changed key is refused all the same.
    private static func policy(_ value: String?) -> HostKeyPolicy {
        switch value?.lowercased() {
        case "yes": .strict
        case "no", "off", "accept-new": .acceptNew
        default: .ask
        }
    }

    private static func silenceLimit(_ file: ConfigurationFile) -> Double? {
        seconds(file["serveraliveinterval"]).map { $0 * Double(Int(file["serveralivecountmax"] ?? "") ?? 3) }
    }

    /// A time as OpenSSH writes it (`90`, `2m`, `1h30m`); nil for none, nonsense and zero.
    private static func seconds(_ text: String?) -> Double? {
        var sum = 0
        var number = ""
        for character in text?.lowercased() ?? "" {
            if character.isNumber { number.append(character); continue }
            let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
            guard let unit = units[character], let count = Int(number), count < 1_000_000 else { return nil }
            sum += count * unit
            number = ""
        }
        if !number.isEmpty { sum += Int(number) ?? 0 }
        return sum > 0 ? Double(sum) : nil
    }

    /// The hosts of a ProxyJump; a host that would jump through itself (`Host *`) does not jump.
    private static func jump(
        _ list: String?, _ settings: SSHSettings, _ hostName: String, _ port: UInt16
    ) throws(SSHError) -> [SSHSettings] {
        guard let list, list.lowercased() != "none" else { return [] }
        var hosts: [SSHSettings] = []
        for place in list.split(separator: ",") {
            guard let (user, name, number) = parse(place) else {
                throw SSHError(
                    host: settings.host, kind: .protocolFailure(reason: "ProxyJump \(place) is no host"))
            }
            if [hostName, settings.host].contains(name), number ?? port == port { return [] }
            // The keys, the policy and the files are the operator's; user, port and password belong to each
            // host.
            var host = settings
            (host.host, host.user, host.port, host.password) = (name, user, number, nil)
            hosts.append(host)
        }
        return hosts
    }

    /// Takes `[ssh://][user@]host[:port]` apart; an IPv6 address with a port stands in brackets.
    private static func parse(_ place: Substring) -> (user: String?, host: String, port: UInt16?)? {
        var rest = place.hasPrefix("ssh://") ? place.dropFirst(6) : place
        var user: String?
        if let at = rest.lastIndex(of: "@") {
            user = String(rest[..<at])
            rest = rest[rest.index(after: at)...]
        }
        var port: UInt16?
        let isBracketed = rest.hasPrefix("[")
        if let colon = rest.lastIndex(of: ":"),
            isBracketed ? rest[..<colon].hasSuffix("]") : rest.firstIndex(of: ":") == colon
        {
            port = UInt16(rest[rest.index(after: colon)...])
            guard port != nil else { return nil }
            rest = rest[..<colon]
        }
        if isBracketed { rest = rest.dropFirst().dropLast() }
        return rest.isEmpty ? nil : (user, String(rest), port)
    }

    private static func agent(_ value: String?, _ settings: SSHSettings, _ path: (String) -> String)
        -> String?
    {
        switch value {
        case nil, "SSH_AUTH_SOCK": settings.agentSocket
        case "none": nil
        case let value?: path(value)
        }
    }

    private static func knownHosts(_ files: [String], _ other: [String], _ path: (String) -> String)
        -> [String]
    {
        files == ["none"] ? [] : (files.isEmpty ? other : files).map(path)
    }

    private static func expand(_ path: String, _ home: String) -> String {
        path == "~" || path.hasPrefix("~/") ? home + path.dropFirst() : path
    }

    /// Fills in `%h` and its like; an unknown one stays as it is.
    private static func replace(_ text: String, _ tokens: [String: String]) -> String {
        var result = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            guard character == "%", let letter = rest.first else { result.append(character); continue }
            let value = letter == "%" ? "%" : tokens[String(letter)]
            if value != nil { rest.removeFirst() }
            result += value ?? "%"
        }
        return result
    }

    private static func unique(_ paths: [String]) -> [String] {
        var seen: Set<String> = []
        return paths.filter { seen.insert($0).inserted }
    }
}
