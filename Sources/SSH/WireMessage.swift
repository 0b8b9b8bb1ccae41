/// Takes apart what SSH sends, and puts it together (RFC 4251, 5).
struct WireMessage {
    /// What is left of it.
    var bytes: ArraySlice<UInt8>

    /// The next number of 32 bits; nil at the end.
    mutating func number() -> Int? { integer(bytes: 4).map { Int($0) } }

    /// The next number of 64 bits; nil at the end.
    mutating func longNumber() -> UInt64? { integer(bytes: 8) }

    /// The next string; nil at the end.
    mutating func string() -> ArraySlice<UInt8>? {
        guard let count = number(), bytes.count >= count else { return nil }
        defer { bytes.removeFirst(count) }
        return bytes.prefix(count)
    }

    /// The next string as text; nil at the end.
    mutating func text() -> String? { string().map { String(decoding: $0, as: UTF8.self) } }

    /// The next list of names; nil at the end.
    mutating func names() -> [String]? { text().map { $0.split(separator: ",").map(String.init) } }

    private mutating func integer(bytes count: Int) -> UInt64? {
        guard bytes.count >= count else { return nil }
        defer { bytes.removeFirst(count) }
        return bytes.prefix(count).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// A number of 32 bits as it travels.
    static func number(_ value: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    /// A string as it travels.
    static func string(_ bytes: some Collection<UInt8>) -> [UInt8] { number(bytes.count) + bytes }
}
