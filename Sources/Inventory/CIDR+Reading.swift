import YAML

extension MappingReader {
    /// A network such as `10.244.0.0/16`: no bits set behind its prefix, and addresses that may be used.
    mutating func network(_ key: String, prefixes: ClosedRange<Int>) -> CIDR? {
        guard let text = string(key) else { return nil }
        let mark = mark(of: key)
        guard let cidr = CIDR(text) else {
            diagnostics.error(
                "'\(key)' of \(what) must be a network, not '\(text)'", at: mark,
                cure: "write an address and a prefix length, such as 10.244.0.0/16")
            return nil
        }
        guard prefixes.contains(cidr.prefix) else {
            diagnostics.error(
                "'\(key)' of \(what) has the prefix length \(cidr.prefix)", at: mark,
                cure: "take one from \(prefixes.lowerBound) to \(prefixes.upperBound)")
            return nil
        }
        guard cidr.address == cidr.network else {
            diagnostics.error(
                "'\(key)' of \(what) is an address in a network", at: mark,
                cure: "write \(CIDR.dotted(cidr.network))/\(cidr.prefix)")
            return nil
        }
        if let reserved = CIDR.reserved.first(where: { $0.network.overlaps(cidr) }) {
            diagnostics.error(
                "'\(key)' of \(what) shares addresses with \(reserved.network), \(reserved.use)", at: mark,
                cure: "take a private range, such as 10.244.0.0/16")
            return nil
        }
        return cidr
    }
}

extension CIDR {
    /// Ranges that no cluster can use (RFC 6890).
    fileprivate static var reserved: [(network: CIDR, use: String)] {
        [
            ("0.0.0.0/8", "this network"), ("127.0.0.0/8", "each machine's own"),
            ("169.254.0.0/16", "link-local"),
            ("224.0.0.0/3", "groups and reserved"),
        ].compactMap { text, use in CIDR(text).map { ($0, use) } }
    }

    /// A private range that shares no address with others; nil when all that are tried do.
    static func free(besides others: [CIDR]) -> CIDR? {
        [
            "10.244.0.0/16", "172.20.0.0/16", "10.112.0.0/16", "192.168.128.0/17", "10.32.0.0/16",
            "172.30.0.0/16",
        ]
        .lazy.compactMap { CIDR($0) }.first { range in !others.contains { $0.overlaps(range) } }
    }

    /// The network's last address.
    var last: UInt32 { network | ~mask }
}
