internal import CLibCrypto

/// A server's certificate, with those of its authorities after it, and its private key, read by libcrypto.
package enum ServerCertificate {
    /// What is wrong with one.
    package enum Flaw: Sendable, Hashable {
        /// There is no certificate in the file.
        case noCertificate
        /// There is no private key in its file, or one with a passphrase.
        case noKey
        /// The key belongs to another certificate.
        case otherKey
        /// It is not for this name.
        case notFor(String)
    }

    /// Whether a text begins, as PEM, with a certificate that can be read.
    package static func isThere(in text: String) -> Bool {
        guard let certificate = read(text, { PEM_read_bio_X509($0, nil, nil, nil) }) else { return false }
        X509_free(certificate)
        return true
    }

    /// Looks at a certificate.
    ///
    /// - Parameters:
    ///   - chain: the certificate as PEM.
    ///   - key: its private key as PEM.
    ///   - names: host names that it must be for.
    /// - Returns: everything that is wrong; nothing where it fits.
    package static func flaws(chain: String, key: String, names: [String]) -> [Flaw] {
        guard let certificate = read(chain, { PEM_read_bio_X509($0, nil, nil, nil) }) else {
            return [.noCertificate]
        }
        defer { X509_free(certificate) }
        guard let secret = PrivateKey.read(key) else { return [.noKey] }
        defer { EVP_PKEY_free(secret) }
        var flaws: [Flaw] = []
        if X509_check_private_key(certificate, secret) != 1 { flaws.append(.otherKey) }
        for name in names where X509_check_host(certificate, name, name.utf8.count, 0, nil) != 1 {
            flaws.append(.notFor(name))
        }
        return flaws
    }

    /// Reads what libcrypto finds first in a PEM text.
    static func read(_ text: String, _ read: (OpaquePointer) -> OpaquePointer?) -> OpaquePointer? {
        // What is read stays where it is while it is read.
        Array(text.utf8).withUnsafeBytes { bytes in
            guard let buffer = BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count)) else { return nil }
            defer { BIO_free(buffer) }
            return read(buffer)
        }
    }
}
