import Cryptography

/// A public key as its file has it, and as it stands in `authorized_keys`: type, base64, comment.
package struct PublicKeyLine: Sendable, Hashable {
    /// The line.
    package let text: String
    /// Type and base64: what tells it from others.
    let identity: String

    /// Reads the one line of a file; nil where it is no public key.
    package init?(_ bytes: [UInt8]) {
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        guard lines.count == 1, let line = lines.first else { return nil }
        let words = line.split(whereSeparator: \.isWhitespace)
        // A certificate is shown beside its key, and has no place among authorized keys.
        guard words.count >= 2, !words[0].contains("-cert-v01@"),
            let blob = Base64.bytes(of: String(words[1])),
            blob.starts(
                with: [0, 0, 0, UInt8(truncatingIfNeeded: words[0].utf8.count)] + Array(words[0].utf8))
        else { return nil }
        text = words.joined(separator: " ")
        identity = "\(words[0]) \(words[1])"
    }
}
