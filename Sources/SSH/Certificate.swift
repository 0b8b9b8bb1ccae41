internal import Cryptography

/// A user certificate of OpenSSH (PROTOCOL.certkeys), in a file of its own.
struct Certificate {
    /// The file.
    let path: String
    /// The certificate as it travels.
    let blob: [UInt8]

    /// Reads a certificate; nil where the file holds none.
    init?(path: String) {
        guard let text = TextFile.read(path) else { return nil }
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count >= 2, words[0].hasSuffix("-cert-v01@openssh.com"),
            let blob = Base64.bytes(of: String(words[1]))
        else { return nil }
        self.path = path
        self.blob = blob
    }

    /// Whether it is one for a public key, given as that travels.
    func certifies(_ key: [UInt8]) -> Bool {
        var certificate = WireMessage(bytes: blob[...])
        var plain = WireMessage(bytes: key[...])
        // After the type and the nonce come the fields of the key in their own order.
        guard certificate.string() != nil, certificate.string() != nil, plain.string() != nil else {
            return false
        }
        return !plain.bytes.isEmpty && certificate.bytes.starts(with: plain.bytes)
    }
}
