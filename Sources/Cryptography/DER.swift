/// The few values of ASN.1 that public keys and signatures are made of, as DER (ITU-T X.690).
enum DER {
    /// SEQUENCE.
    static func sequence(_ parts: [UInt8]...) -> [UInt8] { value(0x30, parts.flatMap { $0 }) }

    /// INTEGER, given big-endian in two's complement, the shortest way.
    static func integer(_ bytes: [UInt8]) -> [UInt8] { value(0x02, bytes.isEmpty ? [0] : bytes) }

    /// BIT STRING of whole bytes.
    static func bits(_ bytes: [UInt8]) -> [UInt8] { value(0x03, [0] + bytes) }

    /// OBJECT IDENTIFIER, given as it is encoded.
    static func identifier(_ bytes: [UInt8]) -> [UInt8] { value(0x06, bytes) }

    /// NULL.
    static let null: [UInt8] = [0x05, 0]

    private static func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        guard count >= 0x80 else { return [tag, UInt8(count)] + content }
        let digits = stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: count >> $0) }
            .drop { $0 == 0 }
        return [tag, 0x80 | UInt8(digits.count)] + digits + content
    }
}
