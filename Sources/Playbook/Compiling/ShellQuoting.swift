/// Quotes text so that a POSIX shell takes it as it is.
package enum ShellQuoting {
    private static let quote = UInt8(ascii: "'")

    /// The text as a person would type it: in quotes where a shell would read anything into it.
    package static func word(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || "%+,-./:=@_".utf8.contains(byte)
        }
        return isPlain && !text.isEmpty ? text : quoted(text)
    }

    /// The text in single quotes; a single quote in it becomes `'\''`.
    ///
    /// By bytes, and in whole runs: the content of a file is quoted once for every host.
    package static func quoted(_ text: String) -> String {
        var result = "'"
        var rest = text.utf8[...]
        while let end = rest.firstIndex(of: quote) {
            result += Substring(rest[..<end])
            result += "'\\''"
            rest = rest[rest.index(after: end)...]
        }
        return result + Substring(rest) + "'"
    }
}
