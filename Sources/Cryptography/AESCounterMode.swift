internal import CLibCrypto

/// AES-256 in counter mode (NIST SP 800-38A, 6.5) by libcrypto.
package enum AESCounterMode {
    /// What was encrypted with a key of 32 bytes and a first counter of 16; nil when libcrypto has no memory.
    package static func decrypted(_ bytes: [UInt8], key: [UInt8], counter: [UInt8]) -> [UInt8]? {
        guard let context = EVP_CIPHER_CTX_new() else { return nil }
        defer { EVP_CIPHER_CTX_free(context) }
        var result = [UInt8](repeating: 0, count: bytes.count)
        var count: Int32 = 0
        guard EVP_DecryptInit_ex(context, EVP_aes_256_ctr(), nil, key, counter) == 1,
            EVP_DecryptUpdate(context, &result, &count, bytes, Int32(bytes.count)) == 1
        else { return nil }
        return Int(count) == bytes.count ? result : nil
    }
}
