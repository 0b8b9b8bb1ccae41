/// A certificate of the cluster, as a host has it.
package struct Certificate: Sendable, Hashable {
    /// The host.
    package let host: String
    /// Its file below /etc/kubernetes: `pki/apiserver.crt`, `admin.conf`.
    package let name: String
    /// When it ends, in seconds since 1970.
    package let end: Int

    /// Whether it vouches for others: those live for ten years, and are not renewed.
    package var isAuthority: Bool { name.hasSuffix("ca.crt") }

    /// Whether `certs renew` makes it anew; the kubelet's own is renewed by the kubelet.
    package var isRenewed: Bool { !isAuthority && name != "kubelet.conf" }

    /// Whole days until it ends, negative when it has ended, at a time in seconds since 1970.
    package func days(at now: Int) -> Int { Int((Double(end - now) / 86_400).rounded(.down)) }

    /// Reads the lines of a host: the seconds and the name of each.
    static func read(_ text: String, host: String) -> [Certificate] {
        text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2, let end = Int(words[0]) else { return nil }
            return Certificate(host: host, name: String(words[1]), end: end)
        }
    }
}
