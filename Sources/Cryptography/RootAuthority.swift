internal import CLibCrypto

/// An authority that certifies itself: a private key, and the root certificate of it, both as PEM.
package enum RootAuthority {
    /// The most characters of a common name (ub-common-name of RFC 5280, A.1), as Unicode counts them.
    private static let longestName = 64

    /// A new private key on the curve P-256 (PKCS #8); nil when libcrypto has no randomness or no memory.
    package static func key() -> String? {
        guard let key = PrivateKey.made() else { return nil }
        defer { EVP_PKEY_free(key) }
        return PrivateKey.pem(of: key)
    }

    /// Whether a text is a private key that a certificate can be signed with here: an RSA key or one on a curve, without
    /// a passphrase.
    package static func isKey(_ text: String) -> Bool {
        guard let key = PrivateKey.read(text) else { return false }
        defer { EVP_PKEY_free(key) }
        return [EVP_PKEY_EC, EVP_PKEY_RSA].contains(EVP_PKEY_get_base_id(key))
    }

    /// A new root certificate; nil where the key is none.
    ///
    /// It has no end (99991231235959Z, RFC 5280, 4.1.2.5): whoever made it keeps it, and every device that trusts it had
    /// to be given it by hand. Nor does its beginning come from a clock, which may be ahead of those of the devices.
    ///
    /// - Parameters:
    ///   - key: the private key.
    ///   - name: whose it is, which is not empty; what a common name has no room for is left out.
    /// - Returns: the certificate.
    package static func certificate(of key: String, name: String) -> String? {
        guard let key = PrivateKey.read(key) else { return nil }
        defer { EVP_PKEY_free(key) }
        guard let certificate = X509_new() else { return nil }
        defer { X509_free(certificate) }
        // 2: version 3 (RFC 5280, 4.1.2.1)
        let extensions = [
            (NID_basic_constraints, "critical,CA:TRUE"), (NID_key_usage, "critical,keyCertSign,cRLSign"),
            (NID_subject_key_identifier, "hash"),
        ]
        guard X509_set_version(certificate, 2) == 1, setNumber(of: certificate),
            ASN1_TIME_set_string(X509_getm_notBefore(certificate), "20200101000000Z") == 1,
            ASN1_TIME_set_string(X509_getm_notAfter(certificate), "99991231235959Z") == 1,
            PrivateKey.add(
                commonName: String(name.unicodeScalars.prefix(longestName)),
                to: X509_get_subject_name(certificate)),
            X509_set_issuer_name(certificate, X509_get_subject_name(certificate)) == 1,
            X509_set_pubkey(certificate, key) == 1,
            extensions.allSatisfy({ add($0, $1, to: certificate) }),
            X509_sign(certificate, key, EVP_sha256()) > 0
        else { return nil }
        return PrivateKey.text { PEM_write_bio_X509($0, certificate) }
    }

    /// Whether a text begins with the certificate of an authority that has this key and certifies itself.
    package static func isRoot(_ text: String, of key: String) -> Bool {
        guard let certificate = ServerCertificate.read(text, { PEM_read_bio_X509($0, nil, nil, nil) }) else {
            return false
        }
        defer { X509_free(certificate) }
        guard let key = PrivateKey.read(key) else { return false }
        defer { EVP_PKEY_free(key) }
        // 1: it says itself that it is an authority's (X509_check_ca(3)).
        return X509_check_private_key(certificate, key) == 1 && X509_check_ca(certificate) == 1
            && X509_check_issued(certificate, certificate) == X509_V_OK
    }

    /// A random serial number; at most 20 bytes, and positive (RFC 5280, 4.1.2.2).
    private static func setNumber(of certificate: OpaquePointer) -> Bool {
        guard let number = BN_new() else { return false }
        defer { BN_free(number) }
        // -1 and 0: any first bits, and any last one (BN_rand(3)).
        return BN_rand(number, 159, -1, 0) == 1
            && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nil
    }

    private static func add(_ number: Int32, _ value: String, to certificate: OpaquePointer) -> Bool {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, certificate, certificate, nil, nil, 0)
        guard let part = X509V3_EXT_conf_nid(nil, &context, number, value) else { return false }
        defer { X509_EXTENSION_free(part) }
        return X509_add_ext(certificate, part, -1) == 1
    }
}
