/// An IPv4 address with a prefix length (RFC 4632), which may be a network or a host's address in one.
package struct CIDR: Sendable, Hashable, CustomStringConvertible {
    /// The address as a number.
    package let address: UInt32
    /// Prefix length, 0 to 32.
    package let prefix: Int

    /// Makes one of its numbers; the prefix must be 0 to 32.
    package init?(address: UInt32, prefix: Int) {
        guard (0...32).contains(prefix) else { return nil }
        self.address = address
        self.prefix = prefix
    }

    /// Makes one of numbers that are known to be right.
    init(unchecked address: UInt32, prefix: Int) {
        self.address = address
        self.prefix = prefix
    }

    /// Reads `a.b.c.d/n`; nil when it is not that.
    package init?(_ text: String) {
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2, let address = Self.address(of: String(halves[0])),
            let prefix = Int(halves[1]), String(prefix) == halves[1]
        else { return nil }
        self.init(address: address, prefix: prefix)
    }

    /// The number of a dotted address, each part 0 to 255 without leading zeros; nil when it is not one.
    package static func address(of text: String) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var number: UInt32 = 0
        for part in parts {
            guard let byte = UInt8(part), String(byte) == part else { return nil }
            number = number << 8 | UInt32(byte)
        }
        return number
    }

    /// The dotted form of a number.
    package static func dotted(_ address: UInt32) -> String {
        [24, 16, 8, 0].map { String(address >> $0 & 255) }.joined(separator: ".")
    }

    /// The network's bits set.
    package var mask: UInt32 { prefix == 0 ? 0 : ~UInt32(0) << (32 - prefix) }
    /// The network's first address.
    package var network: UInt32 { address & mask }
    /// Whether an address lies in it.
    package func contains(_ other: UInt32) -> Bool { other & mask == network }
    /// Whether the two share an address.
    package func overlaps(_ other: CIDR) -> Bool { contains(other.network) || other.contains(network) }
    /// Whether any of it is somebody's on the Internet: not private, shared, local, for documentation or reserved
    /// (IANA's registry of special-purpose addresses, RFC 6890).
    package var isPublic: Bool {
        !Self.special.contains { $0.prefix <= prefix && $0.contains(network) }
    }

    private static let special = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
    ].compactMap { CIDR($0) }

    /// `a.b.c.d/n`.
    package var description: String { "\(Self.dotted(address))/\(prefix)" }
}
