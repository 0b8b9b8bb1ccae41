internal import CLibCrypto

/// HMAC-SHA256 (RFC 2104) by libcrypto.
package enum HMACSHA256 {
    /// The code of bytes; nil when libcrypto has no memory.
    package static func code(of bytes: [UInt8], key: [UInt8]) -> [UInt8]? {
        var code = [UInt8](repeating: 0, count: 32)
        var count: UInt32 = 0
        let result = HMAC(EVP_sha256(), key, Int32(key.count), bytes, bytes.count, &code, &count)
        return result != nil && count == 32 ? code : nil
    }

    /// The code of a text in hexadecimal digits; nil when libcrypto has no memory.
    package static func digits(of text: String, key: String) -> String? {
        code(of: Array(text.utf8), key: Array(key.utf8))?
            .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// Whether two codes are the same; it takes the same time whatever they are.
    package static func isSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.count == other.count && CRYPTO_memcmp(one, other, one.count) == 0
    }
}
