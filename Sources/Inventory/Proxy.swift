/// The URL of a proxy, perhaps with a login inside; no description of it shows the password.
package struct Proxy: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    private let url: String

    /// Wraps a URL.
    package init(_ url: String) { self.url = url }

    /// The whole URL, for files and standard input that only root reads, and for nothing else.
    package func reveal() -> String { url }

    /// The URL without the login: `http://proxy.example.edu:3128`.
    package var address: String {
        guard let login = Self.login(in: url) else { return url }
        return url.replacingCharacters(login.startIndex, to: login.endIndex, with: "")
    }

    /// The name to log in with, percent signs decoded; nil where the URL has no login.
    package var user: String? {
        Self.login(in: url).map { Self.decoded($0.prefix { $0 != ":" && $0 != "@" }) }
    }

    /// The password, percent signs decoded; nil where the URL has none.
    package var password: String? {
        guard let written = writtenPassword else { return nil }
        return Self.decoded(written[...])
    }

    /// The password as it stands in the URL; nil where the URL has none.
    package var writtenPassword: String? {
        guard let login = Self.login(in: url), let colon = login.firstIndex(of: ":") else { return nil }
        return String(login[login.index(after: colon)...].dropLast())
    }

    /// The URL with dots for the password.
    package var description: String { Self.hidingPassword(url) }
    /// The URL with dots for the password.
    package var debugDescription: String { description }
    /// Shows nothing of the URL to `dump` and debuggers.
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// A text with dots for the password of a URL in it.
    static func hidingPassword(_ text: String) -> String {
        guard let login = login(in: text), let colon = login.firstIndex(of: ":") else { return text }
        return text.replacingCharacters(login.index(after: colon), to: login.endIndex, with: "••••••@")
    }

    /// The part of a URL up to the `@`, with it; nil where there is none.
    static func login(in url: String) -> Substring? {
        guard let scheme = url.firstRange(of: "://") else { return nil }
        let authority = url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return authority.lastIndex(of: "@").map { authority[...$0] }
    }

    /// A part of a URL with its percent signs decoded (RFC 3986, 2.1).
    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let number = UInt8(digits, radix: 16) {
                bytes.append(number)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension String {
    /// The text with a part of it replaced.
    fileprivate func replacingCharacters(_ start: Index, to end: Index, with text: String) -> String {
        String(self[..<start]) + text + String(self[end...])
    }
}
