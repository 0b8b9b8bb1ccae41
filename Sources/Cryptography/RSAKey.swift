internal import CLibCrypto

/// RSA keys by libcrypto, as the DER that openssl(1) writes.
package enum RSAKey {
    /// A new private key (PKCS #1); nil when libcrypto has no randomness or no memory.
    package static func made(bits: Int) -> [UInt8]? {
        guard let context = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1,
            EVP_PKEY_CTX_set_rsa_keygen_bits(context, Int32(bits)) == 1,
            EVP_PKEY_keygen(context, &key) == 1, let key
        else { return nil }
        defer { EVP_PKEY_free(key) }
        return encoded { i2d_PrivateKey(key, $0) }
    }

    /// The public key (SubjectPublicKeyInfo) that belongs to a private one; nil when that is no RSA key.
    package static func publicKey(of privateKey: [UInt8]) -> [UInt8]? {
        privateKey.withUnsafeBufferPointer { bytes -> [UInt8]? in
            var start = bytes.baseAddress
            guard let key = d2i_AutoPrivateKey(nil, &start, bytes.count) else { return nil }
            defer { EVP_PKEY_free(key) }
            guard EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA else { return nil }
            return encoded { i2d_PUBKEY(key, $0) }
        }
    }

    /// The bytes that one of libcrypto's encoders writes: it is asked for their number first.
    private static func encoded(
        _ encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
    ) -> [UInt8]? {
        let count = encode(nil)
        guard count > 0 else { return nil }
        return [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, used in
            var start = buffer.baseAddress
            used = Int(max(encode(&start), 0))
        }
    }
}
