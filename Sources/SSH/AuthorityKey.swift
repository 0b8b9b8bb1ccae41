internal import Cryptography

/// The public key of an authority, which signs certificates.
struct AuthorityKey: ~Copyable {
    private let type: String
    private let key: PublicKey

    /// Takes a key as it travels (RFC 4253, 6.6; RFC 5656, 3.1; RFC 8709, 4); nil where it is of no kind that is
    /// known here.
    init?(_ blob: [UInt8]) {
        var rest = WireMessage(bytes: blob[...])
        guard let type = rest.text(), let first = rest.string() else { return nil }
        let second = rest.string().map { Array($0) } ?? []
        let key: PublicKey?
        switch type {
        case "ssh-ed25519": key = PublicKey(ed25519: Array(first))
        case "ssh-rsa": key = PublicKey(rsa: second, exponent: Array(first))
        case "ecdsa-sha2-nistp256": key = PublicKey(.p256, point: second)
        case "ecdsa-sha2-nistp384": key = PublicKey(.p384, point: second)
        case "ecdsa-sha2-nistp521": key = PublicKey(.p521, point: second)
        default: key = nil
        }
        guard let key else { return nil }
        self.type = type
        self.key = key
    }

    /// Whether a signature is one of this key for a message.
    ///
    /// - Parameters:
    ///   - code: the signature, without its algorithm.
    ///   - algorithm: how it was made; signatures by SHA-1 are none, as for OpenSSH (CASignatureAlgorithms of
    ///     ssh_config(5)).
    ///   - message: what was signed.
    /// - Returns: whether it is.
    func verifies(_ code: [UInt8], _ algorithm: String, of message: [UInt8]) -> Bool {
        switch (type, algorithm) {
        case ("ssh-rsa", "rsa-sha2-256"): return key.verifies(code, of: message, digest: .sha256)
        case ("ssh-rsa", "rsa-sha2-512"): return key.verifies(code, of: message, digest: .sha512)
        case (algorithm, "ssh-ed25519"): return key.verifies(code, of: message, digest: nil)
        case (algorithm, "ecdsa-sha2-nistp256"): return verifiesNumbers(code, of: message, .sha256)
        case (algorithm, "ecdsa-sha2-nistp384"): return verifiesNumbers(code, of: message, .sha384)
        case (algorithm, "ecdsa-sha2-nistp521"): return verifiesNumbers(code, of: message, .sha512)
        default: return false
        }
    }

    private func verifiesNumbers(_ code: [UInt8], of message: [UInt8], _ digest: PublicKey.Digest) -> Bool {
        var numbers = WireMessage(bytes: code[...])
        guard let r = numbers.string(), let s = numbers.string() else { return false }
        return key.verifies(PublicKey.ecdsa(r: Array(r), s: Array(s)), of: message, digest: digest)
    }
}
