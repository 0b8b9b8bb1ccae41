import YAML

/// A form that a text must have, and how to mend one that has it not.
struct TextForm {
    /// What is wrong with a text.
    struct Wrong {
        /// What would be right.
        var cure: String
    }

    /// The form in a sentence: "an address".
    let name: String
    /// What is wrong with a text; nil when it has the form.
    let wrong: (String) -> Wrong?

    private init(_ name: String, _ wrong: @escaping (String) -> Wrong?) {
        self.name = name
        self.wrong = wrong
    }

    private init(_ name: String, cure: String, fits: @escaping (String) -> Bool) {
        self.init(name) { fits($0) ? nil : Wrong(cure: cure) }
    }

    /// A name of a node, a namespace or a cluster: an RFC 1123 label.
    static var label: TextForm {
        TextForm("a name of lower case letters, digits and '-'") { text in
            if isLabel(text) { return nil }
            let mended = String(
                text.lowercased().map { ($0.isLetter || $0.isNumber) && $0.isASCII ? $0 : "-" }.prefix(63))
            if isLabel(mended) { return Wrong(cure: "write '\(mended)'") }
            return Wrong(cure: "use at most 63 of them, with a letter or digit at both ends")
        }
    }

    /// A host name: labels with dots between (RFC 1123), in any case.
    static var hostName: TextForm {
        TextForm("a host name", cure: "write a name such as learn.example.edu", fits: isHostName)
    }

    /// An IPv4 address or a host name.
    static var address: TextForm {
        TextForm("an IPv4 address or a host name") { text in
            isAddress(text) ? nil : Wrong(cure: addressCure(text))
        }
    }

    /// An IPv4 address.
    static var ipv4: TextForm {
        TextForm("an IPv4 address") { text in isUsableIPv4(text) ? nil : Wrong(cure: addressCure(text)) }
    }

    /// A host name or IPv4 address with a port or without.
    static var endpoint: TextForm {
        TextForm(
            "a host name or address with a port",
            cure: "write something like k8s.example.edu:6443, or node-proxy, or { kubeVIP: ADDRESS }"
        ) { text in
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard let host = parts.first, isAddress(String(host)), parts.count <= 2 else { return false }
            return parts.count == 1 || isPort(parts[1])
        }
    }

    /// A jump host: `user@host:port`, the user and the port as one likes; the host may be a name of
    /// ~/.ssh/config.
    static var jump: TextForm {
        TextForm("a jump host", cure: "write user@host:port, or user@host, or host") { text in
            let halves = text.split(separator: "@", omittingEmptySubsequences: false)
            guard let last = halves.last, halves.count <= 2 else { return false }
            if halves.count == 2 && !isLogin(String(halves[0])) { return false }
            let parts = last.split(separator: ":", omittingEmptySubsequences: false)
            guard let host = parts.first, parts.count <= 2, isLogin(String(host)) else { return false }
            return parts.count == 1 || isPort(parts[1])
        }
    }

    /// A login name; nothing that a command line could take for an option.
    static var login: TextForm {
        TextForm(
            "a login name", cure: "use letters, digits, '.', '_' and '-', and not '-' as the first",
            fits: isLogin)
    }

    /// The name of an account at a server; it stands in settings and URLs, so it has none of what could end them.
    static var account: TextForm {
        TextForm("the name of an account", cure: "use letters, digits, and . _ - + @ = after the first") {
            text in
            text.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._@+=-]*/) != nil
        }
    }

    /// An http or https URL.
    static var url: TextForm {
        TextForm("a URL", cure: "write one that starts with http:// or https:// and has a host", fits: isURL)
    }

    /// An http or https URL without a login, which would stand in files that all may read; a placeholder may be in it.
    static func openURL(orElse way: String, naming placeholder: String? = nil) -> TextForm {
        TextForm("a URL without a login") { text in
            if Proxy.login(in: text) != nil {
                return Wrong(cure: "write it without the part up to '@'; \(way)")
            }
            return url.wrong(placeholder.map { text.replacing($0, with: "0") } ?? text)
        }
    }

    /// A reference to an image, or the beginning of one: no scheme, no white space.
    static var image: TextForm {
        TextForm(
            "the name of an image or registry",
            cure: "write it without a scheme: registry.example.edu/name:tag"
        ) {
            !$0.isEmpty && !$0.contains("://") && isWord($0)
        }
    }

    /// An absolute path that is not the root itself and does not climb.
    static var absolutePath: TextForm {
        TextForm("an absolute path", cure: "write a path such as /srv/openedx, without '..'") { text in
            let parts = text.split(separator: "/")
            return text.hasPrefix("/") && !parts.isEmpty && !parts.contains("..") && isWord(text)
        }
    }

    /// The name of a network interface, at most 15 characters (IFNAMSIZ of Linux).
    static var interface: TextForm {
        TextForm("the name of a network interface", cure: "write one that `ip link` shows, such as eth0") {
            $0.utf8.count <= 15 && !$0.contains("/") && isLogin($0)
        }
    }

    /// A mail address, as plain as `SERVER_EMAIL` of Django takes it.
    static var mail: TextForm {
        TextForm("a mail address", cure: "write one such as contact@learn.example.edu") { text in
            let parts = text.split(separator: "@", omittingEmptySubsequences: false)
            return parts.count == 2 && isHostName(String(parts[1])) && !parts[0].isEmpty
                && parts[0].utf8.allSatisfy {
                    isLogin(String(decoding: [$0], as: UTF8.self)) || "-+".utf8.contains($0)
                }
        }
    }

    /// A name for people, in one line; it stands in settings between quotes, so it has none of what could end them.
    static var title: TextForm {
        TextForm("a name", cure: #"write it in one line, without '"', '\', '$' and '`'"#) { text in
            !text.isEmpty && !text.contains(where: #""\$`"#.contains)
                && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        }
    }

    /// A language as Django names it.
    static var language: TextForm {
        TextForm("the code of a language", cure: "write one such as en, es-419 or pt-br") { text in
            text.wholeMatch(of: /[a-z]{2,3}(-[a-z0-9]{2,8})*/) != nil
        }
    }

    /// The size of a volume, as a Kubernetes quantity of at most 9999 of its unit.
    static var size: TextForm {
        TextForm("a size", cure: "write a whole number with Mi, Gi or Ti, such as 40Gi") { text in
            text.wholeMatch(of: /[1-9][0-9]{0,3}[MGT]i/) != nil
        }
    }

    /// Anything without white space.
    static var word: TextForm {
        TextForm("a word", cure: "write it without white space", fits: isWord)
    }

    private static func addressCure(_ text: String) -> String {
        if let cidr = CIDR(text) {
            return "write \(CIDR.dotted(cidr.address)) without the prefix"
        }
        if text.split(separator: ":", omittingEmptySubsequences: false).count > 2 {
            return "write an IPv4 address; IPv6 is not supported"
        }
        if text.contains(":") { return "write the address alone; a port belongs under 'ssh:'" }
        return "four numbers from 0 to 255 with dots between make an address"
    }
}
