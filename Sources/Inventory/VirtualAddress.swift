import YAML

/// An address that several control planes have in common, and one of them at a time.
package struct VirtualAddress: Sendable, Hashable {
    /// The IPv4 address.
    package var address: String
    /// The link that bears it; nil means the one that has the host's node address.
    package var interface: String?

    /// Makes an address.
    package init(address: String, interface: String? = nil) {
        self.address = address
        self.interface = interface
    }

    /// Reads a mapping of `kubeVIP` and `interface` below a key.
    ///
    /// - Returns: the address with the place where it stands; nil, with errors, where there is none.
    static func read(_ key: String, of reader: inout MappingReader) -> (address: VirtualAddress, mark: Mark?)?
    {
        guard var inner = reader.mapping(key, what: "'\(key)' of \(reader.what)") else { return nil }
        defer { inner.finish() }
        let interface = inner.string("interface", as: .interface)
        guard inner.requiredValue("kubeVIP") != nil, let address = inner.string("kubeVIP", as: .ipv4) else {
            return nil
        }
        return (VirtualAddress(address: address, interface: interface), inner.mark(of: "kubeVIP"))
    }
}
