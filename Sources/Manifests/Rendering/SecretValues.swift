internal import Cryptography

/// The passwords and keys of an edition, by key; printing it shows nothing of them.
package struct SecretValues: Sendable, CustomStringConvertible, CustomReflectable {
    private var values: [String: String]

    /// Takes values by key.
    package init(_ values: [String: String] = [:]) { self.values = values }

    /// The keys that have a value, sorted.
    package var keys: [String] { values.keys.sorted() }

    /// The value of a key, for the Secret and for standard input of what needs it, and for nothing else.
    package func reveal(_ key: String) -> String? { values[key] }

    /// Shows how many there are.
    package var description: String { "\(values.count) secrets" }
    /// Shows nothing of the values to `dump` and debuggers.
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension SecretValues {
    /// Decides every value of an edition: what the operator gives, else what the cluster has, else a new one.
    ///
    /// - Parameters:
    ///   - edition: the edition, for its list of keys.
    ///   - given: what the operator gives.
    ///   - existing: what the cluster's Secret holds.
    ///   - generator: where randomness comes from; letters and digits are drawn evenly.
    /// - Returns: a value for every key of the edition.
    /// - Throws: ``ManifestError/fixedSecret(_:)`` when one is given that cannot change any more, and
    ///   ``ManifestError/unusableSecret(_:needs:)`` when one is not what its key needs.
    package static func resolved(
        for edition: Edition, given: SecretValues, existing: SecretValues,
        using generator: inout some RandomNumberGenerator
    ) throws(ManifestError) -> SecretValues {
        var values: [String: String] = [:]
        for key in edition.secrets {
            let old = existing.values[key.name]
            let new = given.values[key.name]
            if key.fixed, let old, let new, old != new { throw .fixedSecret(key.name) }
            if let known = new ?? old {
                values[key.name] = known
            } else {
                values[key.name] = made(key, using: &generator)
            }
        }
        for key in edition.secrets {
            switch key.form {
            case .letters: break
            case .uuid:
                guard values[key.name].map(isUUID) == true else {
                    throw .unusableSecret(key.name, needs: "a UUID")
                }
            case .rsa:
                guard values[key.name].flatMap(publicKey) != nil else {
                    throw .unusableSecret(key.name, needs: "a private RSA key, its DER in one line of Base64")
                }
            case .rsaPublic(let name):
                // Always that of the private one, whatever was there before.
                values[key.name] = values[name].flatMap(publicKey)
            case .authorityKey:
                guard values[key.name].map(RootAuthority.isKey) == true else {
                    throw .unusableSecret(
                        key.name, needs: "a private key in PEM, of RSA or on a curve, without a passphrase")
                }
            case .authorityCertificate(let source):
                let authority = values[source] ?? ""
                if let known = values[key.name], RootAuthority.isRoot(known, of: authority) { break }
                // One of another key is of no use to anybody, but whoever gives one wants to know.
                let name = edition.platformName.isEmpty ? edition.title : edition.platformName
                guard given.values[key.name] == nil,
                    let root = RootAuthority.certificate(of: authority, name: name)
                else {
                    throw .unusableSecret(
                        key.name, needs: "a root certificate in PEM that belongs to \(source)")
                }
                values[key.name] = root
            case .hmac(let name, let by):
                values[key.name] = HMACSHA256.digits(of: values[name] ?? "", key: values[by] ?? "")
            }
        }
        return SecretValues(values)
    }

    private static func made(
        _ key: Edition.SecretKey, using generator: inout some RandomNumberGenerator
    ) -> String? {
        switch key.form {
        case .letters(let length):
            let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
            return String(
                (0..<length).map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)] })
        case .uuid:
            var digits = (0..<32).map { _ in Int.random(in: 0..<16, using: &generator) }
            // Version 4, and the variant of RFC 9562.
            digits[12] = 4
            digits[16] = 8 | digits[16] & 3
            let text = digits.map { String($0, radix: 16) }
            return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { text[$0].joined() }.joined(separator: "-")
        case .rsa(let bits):
            return RSAKey.made(bits: bits).map { Base64.encode($0) }
        case .authorityKey: return RootAuthority.key()
        case .rsaPublic, .hmac, .authorityCertificate: return nil
        }
    }

    private static func isUUID(_ text: String) -> Bool {
        text.wholeMatch(of: /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) != nil
    }

    private static func publicKey(of text: String) -> String? {
        Base64.bytes(of: text).flatMap { RSAKey.publicKey(of: $0) }.map { Base64.encode($0) }
    }
}
