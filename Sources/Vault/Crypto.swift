internal import CLibCrypto

/// What vaults need of libcrypto; nil where it has no memory or does not know an algorithm.
enum Crypto {
    /// Derives bytes from a password: PBKDF2 with HMAC-SHA256 (RFC 8018).
    static func pbkdf2(password: String, salt: [UInt8], rounds: Int32, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        let words = Array(password.utf8).map { CChar(bitPattern: $0) }
        let status = PKCS5_PBKDF2_HMAC(
            words, Int32(words.count), salt, Int32(salt.count), rounds, EVP_sha256(), Int32(count), &bytes)
        return status == 1 ? bytes : nil
    }

    /// The HMAC-SHA256 of bytes.
    static func hmac(key: [UInt8], _ bytes: [UInt8]) -> [UInt8]? {
        var code = [UInt8](repeating: 0, count: 32)
        var count: UInt32 = 0
        let result = HMAC(EVP_sha256(), key, Int32(key.count), bytes, bytes.count, &code, &count)
        return result != nil && count == 32 ? code : nil
    }

    /// Whether two codes are the same; it takes the same time whatever they are.
    static func isSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.count == other.count && CRYPTO_memcmp(one, other, one.count) == 0
    }

    /// Decrypts AES-256 in counter mode.
    static func counterMode(key: [UInt8], block: [UInt8], _ bytes: [UInt8]) -> [UInt8]? {
        guard let context = EVP_CIPHER_CTX_new() else { return nil }
        defer { EVP_CIPHER_CTX_free(context) }
        var result = [UInt8](repeating: 0, count: bytes.count)
        var count: Int32 = 0
        guard EVP_DecryptInit_ex(context, EVP_aes_256_ctr(), nil, key, block) == 1,
            EVP_DecryptUpdate(context, &result, &count, bytes, Int32(bytes.count)) == 1
        else { return nil }
        return Int(count) == bytes.count ? result : nil
    }
}
