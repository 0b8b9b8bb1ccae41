internal import Cryptography

/// A text that `ansible-vault` has encrypted, in format 1.1 or 1.2 with AES256.
package struct Vault: Sendable, Hashable {
    /// The name of the password that it wants; nil means the one without a name.
    package let id: String?
    private let salt: [UInt8]
    private let authentication: [UInt8]
    private let encrypted: [UInt8]

    /// Whether a text begins as vaults do.
    package static func isVault(_ text: some StringProtocol) -> Bool {
        text.drop(while: \.isWhitespace).hasPrefix("$ANSIBLE_VAULT;")
    }

    /// Takes a vault's text apart; white space before its lines does no harm.
    ///
    /// The body is, in hexadecimal digits, three lines of hexadecimal digits: salt, HMAC, and what is encrypted.
    ///
    /// - Throws: `VaultError.malformed`.
    package init(_ text: String) throws(VaultError) {
        let lines = text.split(whereSeparator: \.isWhitespace)
        let head = (lines.first ?? "").split(separator: ";", omittingEmptySubsequences: false)
        guard head.count >= 3, head[0] == "$ANSIBLE_VAULT" else {
            throw .malformed("it does not begin with $ANSIBLE_VAULT;1.1;AES256")
        }
        guard head[1] == "1.1" && head.count == 3 || head[1] == "1.2" && head.count == 4 else {
            throw .malformed("its format '\(head[1])' is neither 1.1 nor 1.2")
        }
        guard head[2] == "AES256" else { throw .malformed("its cipher '\(head[2])' is not AES256") }
        id = head.count == 4 && head[3] != "default" ? String(head[3]) : nil
        let parts = Self.bytes(lines.dropFirst().joined().utf8)?
            .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Self.bytes($0) }
        guard let parts, parts.count == 3, let salt = parts[0], let hmac = parts[1], let encrypted = parts[2],
            hmac.count == 32, !salt.isEmpty, !encrypted.isEmpty, encrypted.count.isMultiple(of: 16)
        else { throw .malformed("what it holds is cut off or changed") }
        (self.salt, authentication, self.encrypted) = (salt, hmac, encrypted)
    }

    /// Opens it.
    ///
    /// - Throws: `VaultError.wrongPassword`; `.malformed` where what comes out is no text.
    package func open(password: String) throws(VaultError) -> String {
        // Two keys of 32 bytes and the counter's first block, as Ansible derives them.
        guard let material = PBKDF2.bytes(80, password: password, salt: salt, rounds: 10_000),
            let code = HMACSHA256.code(of: encrypted, key: Array(material[32..<64])),
            HMACSHA256.isSame(code, authentication)
        else { throw .wrongPassword }
        guard
            let padded = AESCounterMode.decrypted(
                encrypted, key: Array(material[..<32]), counter: Array(material[64...])),
            let padding = padded.last.map(Int.init), (1...16).contains(padding), padding <= padded.count,
            let text = String(validating: padded.dropLast(padding), as: UTF8.self)
        else { throw .malformed("what it holds is no text") }
        return text
    }

    /// The bytes of hexadecimal digits; nil where there are others.
    private static func bytes(_ digits: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in digits {
            guard let value = Character(UnicodeScalar(digit)).hexDigitValue.map({ UInt8($0) }) else {
                return nil
            }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return high == nil ? bytes : nil
    }
}
