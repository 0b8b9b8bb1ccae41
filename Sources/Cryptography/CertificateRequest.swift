internal import CLibCrypto

/// A new private key, and the request for a certificate of it (PKCS #10).
package struct CertificateRequest: Sendable {
    /// The private key as PEM (PKCS #8), on the curve P-256.
    package let key: String
    /// The request as PEM.
    package let request: String

    /// Makes a key, and a request that names whoever will have it.
    ///
    /// - Parameter name: the common name, at most 64 characters (ub-common-name of RFC 5280).
    package init?(name: String) {
        guard let pair = Self.pair() else { return nil }
        defer { EVP_PKEY_free(pair) }
        guard let request = X509_REQ_new() else { return nil }
        defer { X509_REQ_free(request) }
        let bytes = Array(name.utf8)
        // MBSTRING_UTF8 of openssl/asn1.h, which no importer reads
        let encoding: Int32 = 0x1000
        guard
            X509_NAME_add_entry_by_txt(
                X509_REQ_get_subject_name(request), "CN", encoding, bytes,
                Int32(bytes.count), -1, 0
            ) == 1,
            X509_REQ_set_pubkey(request, pair) == 1, X509_REQ_sign(request, pair, EVP_sha256()) > 0,
            let key = Self.text({ PEM_write_bio_PKCS8PrivateKey($0, pair, nil, nil, 0, nil, nil) }),
            let text = Self.text({ PEM_write_bio_X509_REQ($0, request) })
        else { return nil }
        self.key = key
        self.request = text
    }

    private static func pair() -> OpaquePointer? {
        guard let context = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1,
            EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1) == 1,
            EVP_PKEY_keygen(context, &key) == 1
        else { return nil }
        return key
    }

    private static func text(_ write: (OpaquePointer) -> Int32) -> String? {
        guard let buffer = BIO_new(BIO_s_mem()) else { return nil }
        defer { BIO_free(buffer) }
        guard write(buffer) == 1 else { return nil }
        let count = Int(BIO_ctrl_pending(buffer))
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { bytes, used in
            used = Int(max(BIO_read(buffer, bytes.baseAddress, Int32(count)), 0))
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension ServerCertificate {
    /// When the first certificate of a PEM text ends, in seconds since 1970; nil where there is none.
    package static func end(of chain: String) -> Int? {
        guard let certificate = read(chain, { PEM_read_bio_X509($0, nil, nil, nil) }) else { return nil }
        defer { X509_free(certificate) }
        guard let epoch = ASN1_TIME_set(nil, 0) else { return nil }
        defer { ASN1_TIME_free(epoch) }
        var (days, seconds): (Int32, Int32) = (0, 0)
        guard ASN1_TIME_diff(&days, &seconds, epoch, X509_get0_notAfter(certificate)) == 1 else { return nil }
        return Int(days) * 86_400 + Int(seconds)
    }
}
