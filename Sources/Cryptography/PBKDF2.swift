internal import CLibCrypto

/// Keys from passwords by libcrypto: PBKDF2 with HMAC-SHA256 (RFC 8018).
package enum PBKDF2 {
    /// So many bytes for a password; nil when libcrypto has no memory.
    package static func bytes(_ count: Int, password: String, salt: [UInt8], rounds: Int32) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        let words = Array(password.utf8).map { CChar(bitPattern: $0) }
        let status = PKCS5_PBKDF2_HMAC(
            words, Int32(words.count), salt, Int32(salt.count), rounds, EVP_sha256(), Int32(count), &bytes)
        return status == 1 ? bytes : nil
    }
}
