internal import CLibSSH
internal import Cryptography
internal import Glibc

/// One line of a file of known hosts that is about a host.
struct KnownHostsLine {
    /// What stands before the names.
    enum Marker: String {
        /// The key must never be taken.
        case revoked = "@revoked"
        /// The key signs certificates of hosts.
        case authority = "@cert-authority"
    }

    /// The file.
    let file: String
    /// The line of that file, from 1.
    let number: Int
    /// What stands before the names; nil for a host's own key.
    let marker: Marker?
    private let text: String

    /// Takes a line apart; nil where it is about other hosts, empty, or a comment.
    ///
    /// - Parameters:
    ///   - line: the line.
    ///   - number: its number, from 1.
    ///   - file: its file.
    ///   - name: the host as the files have it; hashed names match too.
    init?(_ line: Substring, number: Int, file: String, about name: String) {
        let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" })
        guard let first = words.first, !first.hasPrefix("#") else { return nil }
        marker = Marker(rawValue: String(first))
        if marker == nil, first.hasPrefix("@") { return nil }
        text = words.dropFirst(marker == nil ? 0 : 1).joined(separator: " ")
        (self.file, self.number) = (file, number)
        // libssh looks at each pattern by itself, so that what one excludes another one takes.
        guard !Self.excludes(text.prefix { $0 != " " }, name) else { return nil }
        guard key(of: name) != nil else { return nil }
    }

    /// Whether one of the patterns with `!` before them is meant for a host; of these, only `*` and `?` are signs.
    private static func excludes(_ patterns: Substring, _ name: String) -> Bool {
        patterns.split(separator: ",").contains { pattern in
            pattern.hasPrefix("!")
                && fnmatch(
                    pattern.dropFirst().lowercased().replacing("[", with: "\\["), name.lowercased(), 0) == 0
        }
    }

    /// The key, where the line is about that host.
    func key(of name: String) -> KeyHandle? {
        var entry: UnsafeMutablePointer<ssh_knownhosts_entry>?
        guard ssh_known_hosts_parse_line(name, text, &entry) == SSH_OK, let entry else { return nil }
        defer { ssh_knownhosts_entry_free(entry) }
        return KeyHandle(ssh_key_dup(entry.pointee.publickey))
    }
}

extension [KnownHostsLine] {
    /// The types of the keys that a host has by these lines, each once.
    func types(of name: String) -> [String] {
        var types: [String] = []
        for line in self where line.marker == nil {
            guard let type = line.key(of: name)?.fingerprint.type, !types.contains(type) else { continue }
            types.append(type)
        }
        return types
    }

    /// The keys of the authorities whose certificates a host should show, as they travel, with the lines that say so;
    /// without those that are revoked.
    func authorities(of name: String) -> [(key: [UInt8], file: String, line: Int)] {
        func blob(_ line: KnownHostsLine) -> [UInt8]? {
            line.key(of: name)?.publicBase64.flatMap { Base64.bytes(of: $0) }
        }
        let revoked = filter { $0.marker == .revoked }.compactMap(blob)
        return filter { $0.marker == .authority }.compactMap { line in
            blob(line).flatMap { revoked.contains($0) ? nil : ($0, line.file, line.number) }
        }
    }
}
