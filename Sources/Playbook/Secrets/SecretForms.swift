/// The forms in which a secret may turn up in text: as it is, and as programs write it.
struct SecretForms {
    /// Shorter ones, in characters, are not searched for: hiding every `yes` or `80` would leave a log of dots, and
    /// tell by the dots what the secret is.
    static let shortest = 4

    /// All forms, each once.
    private(set) var all: Set<[UInt8]> = []

    /// The forms of a secret.
    ///
    /// These are the secret itself; Base64, alone or amid more (a Kubernetes Secret, a registry's `auth`), wrapped at 64
    /// and 76 columns too; percent-encoding; strings of JSON as we, Go and Python write them; words quoted for a shell.
    /// Of one with several lines, each line is a secret, since output comes by lines; but not a line that ends with a
    /// colon, which is a heading of YAML.
    init(_ secret: String) {
        add(secret)
        if secret.count >= Self.shortest { addBase64(Array(secret.utf8)) }
        let lines = secret.split(whereSeparator: \.isNewline)
        guard lines.count > 1 else { return }
        for line in lines where !line.hasSuffix(":") {
            add(String(line))
            // Programs that read it may indent it otherwise.
            add(line.trimmed)
        }
    }

    private mutating func add(_ text: String) {
        guard text.count >= Self.shortest else { return }
        all.insert(Array(text.utf8))
        for encoding in [Self.percent, Self.json, Self.shell] { all.formUnion(encoding(text)) }
    }

    // MARK: - Base64

    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The six-bit groups that bytes lie in wholly, when `before` others come first.
    private static func base64(_ bytes: [UInt8], after before: Int) -> [UInt8] {
        let first = (before * 8 + 5) / 6
        let last = (before + bytes.count) * 8 / 6
        let all = [UInt8](repeating: 0, count: before) + bytes + [0]
        guard first < last else { return [] }
        return (first..<last).map { group in
            let bit = group * 6
            let pair = Int(all[bit / 8]) << 8 | Int(bit / 8 + 1 < all.count ? all[bit / 8 + 1] : 0)
            return alphabet[pair >> (10 - bit % 8) & 63]
        }
    }

    private mutating func addBase64(_ bytes: [UInt8]) {
        for before in 0..<3 {
            let inner = Self.base64(bytes, after: before)
            addBase64Text(inner)
            for width in [64, 76] where before == 0 && inner.count > width {
                var rest = inner[...]
                while rest.count >= width {
                    addBase64Text(Array(rest.prefix(width)))
                    rest = rest.dropFirst(width)
                }
                if rest.count >= Self.shortest * 2 { addBase64Text(Array(rest)) }
            }
        }
        // Alone, its end says the last bits too.
        let padding = [0, 2, 1][bytes.count % 3]
        let whole = Self.base64(bytes + [UInt8](repeating: 0, count: padding), after: 0)
        addBase64Text(whole.dropLast(padding) + [UInt8](repeating: UInt8(ascii: "="), count: padding))
    }

    /// Adds text of Base64, and the same with the alphabet that URLs take (RFC 4648, chapter 5).
    private mutating func addBase64Text(_ text: [UInt8]) {
        guard text.count >= Self.shortest else { return }
        all.insert(text)
        all.insert(
            text.map { byte in
                switch byte {
                case UInt8(ascii: "+"): UInt8(ascii: "-")
                case UInt8(ascii: "/"): UInt8(ascii: "_")
                default: byte
                }
            })
    }

    // MARK: - Quoting

    private static func hex(_ number: Int, _ width: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// Percent-encoding of all that RFC 3986 does not call unreserved, with both cases of digits and both spaces.
    private static func percent(_ text: String) -> [[UInt8]] {
        func encoded(upper: Bool, space: String?) -> [UInt8] {
            text.utf8.flatMap { byte -> [UInt8] in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                    UInt8(ascii: "_"), UInt8(ascii: "~"):
                    return [byte]
                case UInt8(ascii: " ") where space != nil: return Array((space ?? "").utf8)
                default:
                    let digits = hex(Int(byte), 2)
                    return Array(("%" + (upper ? digits.uppercased() : digits)).utf8)
                }
            }
        }
        return [
            encoded(upper: true, space: nil), encoded(upper: false, space: nil),
            encoded(upper: true, space: "+"), encoded(upper: false, space: "+"),
        ]
    }

    /// What stands between the quotes of a JSON string: with the fewest escapes, as Go's encoder (`<`, `>` and `&` too),
    /// as Python's (ASCII alone), and as those that escape the slash.
    private static func json(_ text: String) -> [[UInt8]] {
        func encoded(_ isEscaped: (UInt16) -> Bool, slash: String = "/") -> [UInt8] {
            let short: [UInt16: String] = [
                8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: "\\\"", 92: "\\\\", 47: slash,
            ]
            let units = text.utf16.map { unit -> [UInt16] in
                if let word = short[unit] { return Array(word.utf16) }
                return unit < 32 || isEscaped(unit) ? Array("\\u\(hex(Int(unit), 4))".utf16) : [unit]
            }
            return Array(String(decoding: units.joined(), as: UTF16.self).utf8)
        }
        return [
            encoded { _ in false }, encoded { [60, 62, 38].contains($0) }, encoded { $0 > 126 },
            encoded({ _ in false }, slash: "\\/"),
        ]
    }

    /// A word as shells and their scripts quote it: inside of single and of double quotes, and by backslashes.
    private static func shell(_ text: String) -> [[UInt8]] {
        func escaped(_ isSpecial: (Character) -> Bool) -> String {
            text.reduce(into: "") { $0 += (isSpecial($1) ? "\\" : "") + String($1) }
        }
        let words = [
            text.replacing("'", with: "'\\''"), text.replacing("'", with: "'\"'\"'"),
            escaped { "\"\\$`".contains($0) }, escaped { "'\\".contains($0) },
            escaped { $0.isASCII && !$0.isLetter && !$0.isNumber && !"-_./:=@%+,".contains($0) },
        ]
        return words.map { Array($0.utf8) }
    }
}

extension Substring {
    /// The text without white space at its ends.
    fileprivate var trimmed: String {
        let start = drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
