extension TextForm {
    /// Whether a text is an RFC 1123 label in lower case: what Kubernetes takes as a name.
    static func isLabel(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, let last = bytes.last, bytes.count <= 63 else { return false }
        return first != hyphen && last != hyphen
            && bytes.allSatisfy { isLower($0) || isDigit($0) || $0 == hyphen }
    }

    /// Whether a text is a host name: labels in any case with dots between, not all of digits and dots.
    static func isHostName(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 253, labels.allSatisfy({ isLabel($0.lowercased()) }), let top = labels.last
        else {
            return false
        }
        return !top.utf8.allSatisfy(isDigit)
    }

    /// Whether a text is an IPv4 address that a host can have.
    static func isUsableIPv4(_ text: String) -> Bool {
        guard let address = CIDR.address(of: text) else { return false }
        // 0.0.0.0/8 is "this network"; from 224.0.0.0 on there are groups and reserved ones (RFC 6890).
        return address >= 1 << 24 && address < 224 << 24
    }

    /// Whether a text is an IPv4 address or a host name.
    static func isAddress(_ text: String) -> Bool { isUsableIPv4(text) || isHostName(text) }

    /// Whether a text is a TCP port.
    static func isPort(_ text: Substring) -> Bool {
        guard let port = Int(text), text.utf8.allSatisfy(isDigit) else { return false }
        return (1...65535).contains(port)
    }

    /// Whether a text is a login or interface name, or a name of ~/.ssh/config.
    static func isLogin(_ text: String) -> Bool {
        guard let first = text.utf8.first, first != hyphen else { return false }
        return text.utf8.allSatisfy { isLower($0 | 0x20) || isDigit($0) || "-_.".utf8.contains($0) }
    }

    /// Whether a text is not empty and has only visible ASCII characters.
    static func isWord(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    /// Whether a text is an http or https URL with a host, and without characters that no URL has (RFC 3986, 2).
    static func isURL(_ text: String) -> Bool {
        guard isWord(text), !text.contains(where: "\"<>\\^`{|}".contains) else { return false }
        for scheme in ["http://", "https://"] where text.hasPrefix(scheme) {
            let authority = text.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
            guard let place = authority.split(separator: "@").last else { return false }
            let parts = place.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count <= 2, isAddress(String(parts[0])) else { return false }
            return parts.count == 1 || isPort(parts[1])
        }
        return false
    }

    /// Whether a text can be a label's or taint's key: a name, perhaps with a domain before a '/'.
    static func isLabelKey(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let name = parts.last, parts.count <= 2, isLabelName(String(name)) else { return false }
        return parts.count == 1 || isHostName(String(parts[0]))
    }

    /// Whether a text can be a label's or taint's value.
    static func isLabelValue(_ text: String) -> Bool { text.isEmpty || isLabelName(text) }

    private static func isLabelName(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, let last = bytes.last, bytes.count <= 63 else { return false }
        func isEnd(_ byte: UInt8) -> Bool { isLower(byte | 0x20) || isDigit(byte) }
        return isEnd(first) && isEnd(last) && bytes.allSatisfy { isEnd($0) || "-_.".utf8.contains($0) }
    }

    private static var hyphen: UInt8 { UInt8(ascii: "-") }
    private static func isLower(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
    }
    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }
}
