internal import CLibCrypto

/// HMAC-SHA256 (RFC 2104) by libcrypto.
enum HMACCode {
    /// The code of a text in hexadecimal digits; nil when libcrypto has no memory.
    static func digits(of text: String, key: String) -> String? {
        var code = [UInt8](repeating: 0, count: 32)
        var count: UInt32 = 0
        let secret = Array(key.utf8)
        let message = Array(text.utf8)
        let result = HMAC(
            EVP_sha256(), secret, Int32(secret.count), message, message.count, &code, &count)
        guard result != nil, count == 32 else { return nil }
        return code.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
