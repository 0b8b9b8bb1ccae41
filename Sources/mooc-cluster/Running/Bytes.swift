/// Numbers of bytes in words, with one digit after the point.
enum Bytes {
    /// In millions of bytes: `23.4 MB`.
    static func megabytes(_ bytes: Int) -> String { "\(tenths(of: 1_000_000, in: bytes)) MB" }

    /// In thousands of millions of bytes: `23.4 GB`.
    static func gigabytes(_ bytes: Int) -> String { "\(tenths(of: 1_000_000_000, in: bytes)) GB" }

    private static func tenths(of unit: Int, in bytes: Int) -> String {
        let tenths = (bytes + unit / 20) / (unit / 10)
        return "\(tenths / 10).\(tenths % 10)"
    }
}
