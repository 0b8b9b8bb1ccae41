internal import CLibCrypto

/// Private keys and texts of PEM, as libcrypto makes and reads them; whoever gets a key from here frees it.
enum PrivateKey {
    /// A new key on the curve P-256; nil when libcrypto has no randomness or no memory.
    static func made() -> OpaquePointer? {
        guard let context = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1,
            EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1) == 1,
            EVP_PKEY_keygen(context, &key) == 1
        else { return nil }
        return key
    }

    /// The first key of a PEM text; nil where there is none, or one with a passphrase.
    static func read(_ text: String) -> OpaquePointer? {
        // An empty passphrase: libcrypto would ask for one on the terminal.
        let passphrase: [CChar] = [0]
        return passphrase.withUnsafeBytes { bytes in
            ServerCertificate.read(text) {
                PEM_read_bio_PrivateKey($0, nil, nil, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
            }
        }
    }

    /// A key as PEM (PKCS #8).
    static func pem(of key: OpaquePointer) -> String? {
        text { PEM_write_bio_PKCS8PrivateKey($0, key, nil, nil, 0, nil, nil) }
    }

    /// What one of libcrypto's writers writes.
    static func text(_ write: (OpaquePointer) -> Int32) -> String? {
        guard let buffer = BIO_new(BIO_s_mem()) else { return nil }
        defer { BIO_free(buffer) }
        guard write(buffer) == 1 else { return nil }
        let count = Int(BIO_ctrl_pending(buffer))
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { bytes, used in
            used = Int(max(BIO_read(buffer, bytes.baseAddress, Int32(count)), 0))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Gives a name to a subject or an issuer as its common name; whether it took it.
    static func add(commonName: String, to name: OpaquePointer?) -> Bool {
        let bytes = Array(commonName.utf8)
        // MBSTRING_UTF8 of openssl/asn1.h, which no importer reads
        let encoding: Int32 = 0x1000
        return X509_NAME_add_entry_by_txt(name, "CN", encoding, bytes, Int32(bytes.count), -1, 0) == 1
    }
}
