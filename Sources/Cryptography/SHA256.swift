internal import CLibCrypto

/// SHA-256 (FIPS 180-4) by libcrypto.
package enum SHA256 {
    /// The digest of bytes; nil when libcrypto has no memory.
    package static func digest(of bytes: [UInt8]) -> [UInt8]? {
        var digest = [UInt8](repeating: 0, count: 32)
        var count: UInt32 = 0
        let result = EVP_Digest(bytes, bytes.count, &digest, &count, EVP_sha256(), nil)
        return result == 1 && count == 32 ? digest : nil
    }
}
