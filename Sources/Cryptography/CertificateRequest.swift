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
        guard let pair = PrivateKey.made() else { return nil }
        defer { EVP_PKEY_free(pair) }
        guard let request = X509_REQ_new() else { return nil }
        defer { X509_REQ_free(request) }
        guard PrivateKey.add(commonName: name, to: X509_REQ_get_subject_name(request)),
            X509_REQ_set_pubkey(request, pair) == 1, X509_REQ_sign(request, pair, EVP_sha256()) > 0,
            let key = PrivateKey.pem(of: pair),
            let text = PrivateKey.text({ PEM_write_bio_X509_REQ($0, request) })
        else { return nil }
        self.key = key
        self.request = text
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
