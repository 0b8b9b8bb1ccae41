/// What arguments for ssh, as `ansible_ssh_common_args` has them, mean for an inventory of ours.
struct SSHArguments {
    /// Jump hosts, in order.
    private(set) var jump: [String] = []
    /// What is done with host keys that nobody knows: a value of `hostKeys`.
    private(set) var hostKeys: String?
    /// The file of known hosts.
    private(set) var knownHosts: String?
    /// The private key, login name, port and seconds to wait, as they are written.
    private(set) var key: String?, user: String?, port: String?, timeout: String?
    /// What could not be taken over.
    private(set) var left: [String] = []

    /// Options that say nothing that matters here: how connections are shared and kept, and what is logged.
    private static let needless: Set = [
        "controlmaster", "controlpath", "controlpersist", "serveraliveinterval", "serveralivecountmax",
        "loglevel",
        "compression", "batchmode", "forwardagent", "addkeystoagent", "tcpkeepalive",
        "passwordauthentication",
        "preferredauthentications", "kbdinteractiveauthentication", "gssapiauthentication", "identitiesonly",
        "pubkeyauthentication", "requesttty", "checkhostip", "updatehostkeys",
    ]

    /// Reads them.
    ///
    /// - Throws: `GroupTree.Fault` where a quote is not closed.
    init(_ text: String) throws(GroupTree.Fault) {
        var words = try ShellWords.split(text)[...]
        while let word = words.popFirst() {
            guard word.hasPrefix("-"), let letter = word.dropFirst().first else {
                left.append(word)
                continue
            }
            if "AaCqTtvx46nKkNXY".contains(letter) { continue }
            let attached = String(word.dropFirst(2))
            guard let value = attached.isEmpty ? words.popFirst() : attached else {
                left.append(word)
                continue
            }
            switch letter {
            case "o": try take(option: value)
            case "J": try take(option: "ProxyJump=" + value)
            case "i": key = value
            case "l": user = value
            case "p": port = value
            default: left.append("\(word.prefix(2)) \(value)")
            }
        }
    }

    private mutating func take(option: String) throws(GroupTree.Fault) {
        let end = option.firstIndex { $0 == "=" || $0.isWhitespace } ?? option.endIndex
        let name = option[..<end].lowercased()
        let value = String(option[end...].drop { $0 == "=" || $0.isWhitespace })
        switch name {
        case "proxyjump": jump = value == "none" ? [] : value.split(separator: ",").map(String.init)
        case "proxycommand": try take(proxyCommand: value)
        case "stricthostkeychecking":
            hostKeys =
                ["no", "off", "accept-new"].contains(value) ? "accept-new" : value == "ask" ? "ask" : "strict"
        // Keys are always kept; a file that forgets them only says that none is to be asked for.
        case "userknownhostsfile" where value == "/dev/null": hostKeys = "accept-new"
        case "userknownhostsfile": knownHosts = value
        case "identityfile": key = value
        case "user": user = value
        case "port": port = value
        case "connecttimeout": timeout = value
        default: if !Self.needless.contains(name) { left.append("-o \(option)") }
        }
    }

    /// `ssh -W %h:%p user@gate`, or the same with nc, is a jump host.
    private mutating func take(proxyCommand: String) throws(GroupTree.Fault) {
        var words = try ShellWords.split(proxyCommand)[...]
        guard let program = words.popFirst(), program == "ssh" || program.hasSuffix("/ssh") else {
            if proxyCommand != "none" { left.append("ProxyCommand \(proxyCommand)") }
            return
        }
        var (login, port, host): (String?, String?, String?)
        var others: [String] = []
        while let word = words.popFirst() {
            guard word.hasPrefix("-"), let letter = word.dropFirst().first else {
                host = word
                break
            }
            if "AaCqTtvx46nKkNXY".contains(letter) { continue }
            let attached = String(word.dropFirst(2))
            let value = attached.isEmpty ? words.popFirst() ?? "" : attached
            switch letter {
            case "W": continue
            case "l": login = value
            case "p": port = value
            case "o" where value.lowercased().hasPrefix("port="): port = String(value.dropFirst(5))
            case "o" where Self.needless.contains(value.prefix { $0 != "=" }.lowercased()): continue
            default: others.append("\(word.prefix(2)) \(value)")
            }
        }
        guard let host else {
            left.append("ProxyCommand \(proxyCommand)")
            return
        }
        jump = [(login.map { $0 + "@" } ?? "") + host + (port.map { ":" + $0 } ?? "")]
        left += others.map { "\($0) (of the jump host)" }
    }
}
