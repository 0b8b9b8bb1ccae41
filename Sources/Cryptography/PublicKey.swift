internal import CLibCrypto

/// A public key that checks signatures, by libcrypto.
package struct PublicKey: ~Copyable {
    /// How a message is digested before it is signed.
    package enum Digest: Sendable {
        case sha256, sha384, sha512
    }

    /// A curve of NIST (FIPS 186-5).
    package enum Curve: Sendable {
        case p256, p384, p521
    }

    private let key: OpaquePointer

    /// An Ed25519 key (RFC 8032); nil where it is none.
    package init?(ed25519 bytes: [UInt8]) {
        self.init(DER.sequence(DER.sequence(DER.identifier([0x2b, 0x65, 0x70])), DER.bits(bytes)))
    }

    /// An RSA key (RFC 8017); nil where it is none.
    ///
    /// - Parameters:
    ///   - modulus: big-endian in two's complement, the shortest way.
    ///   - exponent: the public one, likewise.
    package init?(rsa modulus: [UInt8], exponent: [UInt8]) {
        let algorithm: [UInt8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01]
        self.init(
            DER.sequence(
                DER.sequence(DER.identifier(algorithm), DER.null),
                DER.bits(DER.sequence(DER.integer(modulus), DER.integer(exponent)))))
    }

    /// A key on a curve (RFC 5480), as its point without compression (SEC 1, 2.3.3); nil where it is none.
    package init?(_ curve: Curve, point: [UInt8]) {
        let name: [UInt8] =
            switch curve {
            case .p256: [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07]
            case .p384: [0x2b, 0x81, 0x04, 0x00, 0x22]
            case .p521: [0x2b, 0x81, 0x04, 0x00, 0x23]
            }
        let algorithm: [UInt8] = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01]
        self.init(
            DER.sequence(
                DER.sequence(DER.identifier(algorithm), DER.identifier(name)), DER.bits(point)))
    }

    /// A key as SubjectPublicKeyInfo (RFC 5280, 4.1.2.7).
    private init?(_ information: [UInt8]) {
        let key = information.withUnsafeBufferPointer { bytes in
            var start = bytes.baseAddress
            return d2i_PUBKEY(nil, &start, bytes.count)
        }
        guard let key else { return nil }
        self.key = key
    }

    deinit { EVP_PKEY_free(key) }

    /// Whether a signature is one of this key for a message.
    ///
    /// - Parameters:
    ///   - signature: as RFC 8032 and RFC 8017 (PKCS #1 v1.5) say; for a curve see ``ecdsa(r:s:)``.
    ///   - message: what was signed.
    ///   - digest: how it was digested; nil for Ed25519, which does that itself.
    /// - Returns: whether it is.
    package func verifies(_ signature: [UInt8], of message: [UInt8], digest: Digest?) -> Bool {
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        let algorithm =
            switch digest {
            case .sha256: EVP_sha256()
            case .sha384: EVP_sha384()
            case .sha512: EVP_sha512()
            case nil: OpaquePointer?.none
            }
        return EVP_DigestVerifyInit(context, nil, algorithm, nil, key) == 1
            && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }

    /// The two numbers of a signature on a curve, as ``verifies(_:of:digest:)`` takes them (RFC 3279, 2.2.3).
    package static func ecdsa(r: [UInt8], s: [UInt8]) -> [UInt8] {
        DER.sequence(DER.integer(r), DER.integer(s))
    }
}
