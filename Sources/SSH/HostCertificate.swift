internal import Cryptography

/// A certificate of OpenSSH that says whose key a host's key is (PROTOCOL.certkeys of OpenSSH).
struct HostCertificate {
    /// The type of the key that it is for, as `ssh-ed25519`.
    let type: String
    /// The key that it is for, as that travels.
    let key: [UInt8]
    /// The key of the authority that signed it, as that travels.
    let authority: [UInt8]
    /// The hosts that it is for; patterns.
    let principals: [String]
    private let isOfHost: Bool
    private let validAfter: UInt64
    private let validBefore: UInt64
    private let criticalOptions: [UInt8]
    private let signed: [UInt8]
    private let signature: [UInt8]

    /// Takes a certificate apart; nil where it is none of a kind that is known here.
    init?(_ blob: [UInt8]) {
        var rest = WireMessage(bytes: blob[...])
        guard let name = rest.text(), name.hasSuffix(Self.suffix), rest.string() != nil else { return nil }
        type = String(name.dropLast(Self.suffix.count))
        guard let count = Self.fields[type] else { return nil }
        var key = WireMessage.string(Array(type.utf8))
        for _ in 0..<count {
            guard let field = rest.string() else { return nil }
            key += WireMessage.string(field)
        }
        self.key = key
        // The serial number and the identity are for logs.
        guard rest.longNumber() != nil, let kind = rest.number(), rest.string() != nil,
            let principals = rest.string(), let after = rest.longNumber(), let before = rest.longNumber(),
            let critical = rest.string(), rest.string() != nil, rest.string() != nil,
            let authority = rest.string()
        else { return nil }
        isOfHost = kind == 2
        var list = WireMessage(bytes: principals)
        var names: [String] = []
        while let name = list.text() { names.append(name) }
        self.principals = names
        (validAfter, validBefore) = (after, before)
        criticalOptions = Array(critical)
        self.authority = Array(authority)
        signed = Array(blob[..<rest.bytes.startIndex])
        guard let signature = rest.string(), rest.bytes.isEmpty else { return nil }
        self.signature = Array(signature)
    }

    /// What stands against it (sshkey_cert_check_host of OpenSSH).
    ///
    /// - Parameters:
    ///   - host: the name or address that is connected to, or what HostKeyAlias says.
    ///   - now: seconds since 1970.
    ///   - authorities: the keys that are trusted to sign for that host, as they travel.
    /// - Returns: a sentence; nil where it vouches for that host now.
    func flaw(for host: String, now: UInt64, authorities: [[UInt8]]) -> String? {
        guard authorities.contains(authority) else { return "another authority has signed its certificate" }
        guard isOfHost else { return "its certificate is one of a user" }
        guard !principals.isEmpty else { return "its certificate names no host" }
        guard ConfigurationFile.matches(host, principals) else {
            return "its certificate is for \(principals.joined(separator: ", "))"
        }
        guard now >= validAfter else { return "its certificate is not valid yet" }
        guard now < validBefore else { return "its certificate is not valid any more" }
        guard criticalOptions.isEmpty else { return "its certificate has options that nobody knows" }
        guard isSigned else { return "the signature of its certificate is wrong" }
        return nil
    }

    private var isSigned: Bool {
        var signature = WireMessage(bytes: signature[...])
        guard let algorithm = signature.text(), let code = signature.string() else { return false }
        return AuthorityKey(authority)?.verifies(Array(code), algorithm, of: signed) ?? false
    }

    /// What the types of certificates end with.
    static let suffix = "-cert-v01@openssh.com"

    /// How many fields the keys have that it can be for.
    private static let fields = [
        "ssh-ed25519": 1, "ecdsa-sha2-nistp256": 2, "ecdsa-sha2-nistp384": 2, "ecdsa-sha2-nistp521": 2,
        "ssh-rsa": 2,
    ]
}
