/// Decides how a string is written.
package enum Quoting {
    /// The string on one line: plain where every parser reads the same string from it, else quoted.
    package static func oneLine(_ text: String) -> String {
        if isSafePlain(text) { return text }
        let printable = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        let hard = text.utf8.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
        if printable && hard { return singleQuoted(text) }
        return doubleQuoted(text)
    }

    /// The string in double quotes, with the escapes that JSON and YAML share.
    static func doubleQuoted(_ text: String) -> String {
        var out = "\""
        out.reserveCapacity(text.utf8.count + 16)
        var rest = Substring(text)
        // What is written as it stands goes as a whole: most texts are nothing else.
        while let end = rest.utf8.firstIndex(where: { !isBare($0) }) {
            out += rest[..<end]
            let scalar = rest.unicodeScalars[end]
            rest = rest[rest.unicodeScalars.index(after: end)...]
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            case "\r": out += "\\r"
            default:
                if isPrintable(scalar) {
                    out.unicodeScalars.append(scalar)
                } else {
                    escape(scalar, into: &out)
                }
            }
        }
        return out + rest + "\""
    }

    private static func isBare(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private static func singleQuoted(_ text: String) -> String {
        var out = "'"
        for scalar in text.unicodeScalars {
            out.unicodeScalars.append(scalar)
            if scalar == "'" { out.unicodeScalars.append(scalar) }
        }
        return out + "'"
    }

    private static func escape(_ scalar: Unicode.Scalar, into out: inout String) {
        // All that is not printable lies below U+10000, so four digits do.
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
    }

    /// Whether a scalar may stand in YAML as it is: chapter 5.1 of YAML 1.2, without line and byte order
    /// marks.
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD,
            0x10000...0x10FFFF:
            true
        default: false
        }
    }

    /// Whether no parser of YAML 1.1 or 1.2 reads anything but this string from the bare text.
    private static func isSafePlain(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, let last = bytes.last, isSafeStart(text, first) else { return false }
        guard last != UInt8(ascii: " "), last != UInt8(ascii: ":"), !words.contains(text.lowercased()) else {
            return false
        }
        var previous: UInt8 = 0
        for byte in bytes {
            guard byte >= 0x20 && byte < 0x7F else { return false }
            if byte == UInt8(ascii: "#") && previous == UInt8(ascii: " ") { return false }
            if byte == UInt8(ascii: " ") && previous == UInt8(ascii: ":") { return false }
            previous = byte
        }
        return true
    }

    /// What some parser reads as a boolean, null, infinity or NaN, in lower case.
    private static let words: Set<String> = [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", ".inf", ".nan",
    ]

    private static func isSafeStart(_ text: String, _ first: UInt8) -> Bool {
        switch first {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "/"),
            UInt8(ascii: "_"), UInt8(ascii: "("), UInt8(ascii: "$"), UInt8(ascii: "^"), UInt8(ascii: ";"):
            true
        case UInt8(ascii: "~"): text.hasPrefix("~/")
        case UInt8(ascii: "."), UInt8(ascii: "0")...UInt8(ascii: "9"): isNoNumber(text)
        case UInt8(ascii: "-"): isOption(text)
        default: false
        }
    }

    /// Whether a text that starts like a number can be taken for none by anybody: `10.0.0.1`, `10.0.0.0/8`,
    /// `5m`.
    private static func isNoNumber(_ text: String) -> Bool {
        // 1:2 may be base 60, 1_0 ten, 1,0 ten (in Ruby).
        if text.utf8.contains(where: { ":_,".utf8.contains($0) }) { return false }
        // Letters of hexadecimal, octal and binary numbers, and exponents, make no word; a date has none at
        // all.
        let telling = text.lowercased().utf8.contains {
            $0 == UInt8(ascii: "/")
                || ($0 >= UInt8(ascii: "g") && $0 <= UInt8(ascii: "z") && !"xo".utf8.contains($0))
        }
        return telling
            || (text.utf8.count { $0 == UInt8(ascii: ".") } > 1 && text.utf8.first != UInt8(ascii: "."))
    }

    /// `--name…`, which is neither a document marker nor a list item.
    private static func isOption(_ text: String) -> Bool {
        guard text.hasPrefix("--"), let third = text.utf8.dropFirst(2).first else { return false }
        return third >= UInt8(ascii: "a") && third <= UInt8(ascii: "z")
    }
}
