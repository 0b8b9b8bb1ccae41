/// The beginning of a key exchange, up to the host's key (RFC 4253, 6 to 8; RFC 5656, 4; RFC 8731, 3).
///
/// It is as far as a certificate can be asked for. It proves nothing by itself: that the host has the key is what
/// the session's own key exchange shows, and that the key is the host's is what the certificate's signature says.
enum KeyExchange {
    /// What identifies us, with the end of its line.
    static let greeting = Array("SSH-2.0-mooc-cluster\r\n".utf8)
    /// The most bytes that a host may send as one packet.
    static let limit = 256 * 1024

    /// The numbers of messages.
    enum Message {
        static let disconnect: UInt8 = 1
        static let initiate: UInt8 = 20
        static let request: UInt8 = 30
        static let reply: UInt8 = 31
    }

    /// How keys are agreed on here, each with a public half of ours.
    ///
    /// Nothing is ever encrypted with what is agreed on, so the curves' base points do.
    static let methods: [(name: String, publicHalf: [UInt8])] = [
        ("curve25519-sha256", [9] + Array(repeating: 0, count: 31)),
        ("curve25519-sha256@libssh.org", [9] + Array(repeating: 0, count: 31)),
        ("ecdh-sha2-nistp256", basePoint),
    ]

    /// The types of certificates that are asked for, the liked ones first.
    static let certificates = [
        "ssh-ed25519", "ecdsa-sha2-nistp521", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp256", "rsa-sha2-512",
        "rsa-sha2-256",
    ].map { $0 + HostCertificate.suffix }

    /// The message that says what we can do.
    ///
    /// - Parameter cookie: 16 bytes.
    /// - Returns: the message.
    static func initiation(cookie: [UInt8]) -> [UInt8] {
        let ciphers = Algorithm.Kind.ciphers.standard
        let codes = Algorithm.Kind.macs.standard
        let lists = [
            methods.map(\.name), certificates, ciphers, ciphers, codes, codes, ["none"], ["none"], [], [],
        ]
        let names = lists.flatMap { WireMessage.string($0.joined(separator: ",").utf8) }
        return [Message.initiate] + cookie + names + [0] + WireMessage.number(0)
    }

    /// The message with our public half in a method that both sides know.
    ///
    /// - Parameter initiation: the host's message that says what it can do.
    /// - Returns: the message.
    /// - Throws: `.silence`: why the host will show no certificate.
    static func request(answering initiation: [UInt8]) throws(RawConnection.Failure) -> [UInt8] {
        var rest = WireMessage(bytes: initiation.dropFirst(17))
        guard let theirs = rest.names(), let keys = rest.names() else { throw .silence("it talks nonsense") }
        guard !Set(keys).isDisjoint(with: certificates) else { throw .silence("it shows no certificate") }
        guard let method = methods.first(where: { theirs.contains($0.name) }) else {
            throw .silence("it knows no way to agree on keys that is known here")
        }
        return [Message.request] + WireMessage.string(method.publicHalf)
    }

    /// A message as it travels while nothing is encrypted.
    static func packet(_ message: [UInt8]) -> [UInt8] {
        // The length, the padding's own length, and at least four bytes of it come to a multiple of eight.
        let padding = 4 + (8 - (4 + 1 + message.count + 4) % 8) % 8
        return WireMessage.number(1 + message.count + padding) + [UInt8(padding)] + message
            + Array(repeating: 0, count: padding)
    }

    /// The base point of NIST's P-256 (SEC 2, 2.4.2), without compression.
    private static let basePoint: [UInt8] = [
        0x04,
        0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6, 0xe5, 0x63, 0xa4, 0x40, 0xf2,
        0x77, 0x03, 0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1, 0x39, 0x45, 0xd8, 0x98, 0xc2, 0x96,
        0x4f, 0xe3, 0x42, 0xe2, 0xfe, 0x1a, 0x7f, 0x9b, 0x8e, 0xe7, 0xeb, 0x4a, 0x7c, 0x0f, 0x9e, 0x16,
        0x2b, 0xce, 0x33, 0x57, 0x6b, 0x31, 0x5e, 0xce, 0xcb, 0xb6, 0x40, 0x68, 0x37, 0xbf, 0x51, 0xf5,
    ]
}
