import YAML

extension StaticAddress {
    /// Reads `staticAddress:` of a host: an address with its prefix, or a mapping with that and more.
    static func read(_ key: String, of reader: inout MappingReader) -> StaticAddress? {
        guard let node = reader.value(key) else { return nil }
        if case .scalar = node.content {
            return reader.address(key).map {
                StaticAddress(address: $0, gateway: nil, nameservers: [], interface: nil)
            }
        }
        guard var inner = reader.mapping(key, what: "'\(key)' of \(reader.what)") else { return nil }
        defer { inner.finish() }
        let gateway = inner.string("gateway", as: .ipv4)
        let nameservers = inner.list("nameservers", as: .ipv4).map(\.text)
        let interface = inner.string("interface", as: .interface)
        guard inner.requiredValue("address") != nil, let address = inner.address("address") else {
            return nil
        }
        if let gateway, let number = CIDR.address(of: gateway) {
            if !address.contains(number) {
                inner.diagnostics.error(
                    "the gateway \(gateway) of \(inner.what) does not lie in \(CIDR.dotted(address.network))/\(address.prefix)",
                    at: inner.mark(of: "gateway"), cure: "mend the gateway or the prefix length")
            } else if number == address.address {
                inner.diagnostics.error(
                    "the gateway of \(inner.what) is the host's own address", at: inner.mark(of: "gateway"),
                    cure: "write the router's address")
            }
        }
        return StaticAddress(
            address: address, gateway: gateway, nameservers: nameservers, interface: interface)
    }
}

extension MappingReader {
    /// A host's address with the prefix length of its network, such as `198.51.100.11/24`.
    fileprivate mutating func address(_ key: String) -> CIDR? {
        guard let text = string(key) else { return nil }
        let mark = mark(of: key)
        guard let cidr = CIDR(text), TextForm.isUsableIPv4(CIDR.dotted(cidr.address)), cidr.prefix >= 1 else {
            let prefix = CIDR.address(of: text) == nil ? "198.51.100.11/24" : "\(text)/24"
            diagnostics.error(
                "'\(key)' of \(what) must be an address with its prefix length, not '\(text)'", at: mark,
                cure: "write something like \(prefix)")
            return nil
        }
        // Networks of one or two addresses have neither (RFC 3021).
        if cidr.prefix < 31, cidr.address == cidr.network || cidr.address == cidr.last {
            let which = cidr.address == cidr.network ? "network" : "broadcast address"
            diagnostics.error(
                "'\(key)' of \(what) is the \(which) of \(CIDR.dotted(cidr.network))/\(cidr.prefix), not a host's address",
                at: mark, cure: "take another address of it")
            return nil
        }
        return cidr
    }
}
