/// What a scalar means by the YAML 1.2 core schema.
package enum Resolved: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int)
    case float(Double)
    case string(String)
}

extension Node {
    /// What the scalar means by the YAML 1.2 core schema; nil for a sequence or a mapping.
    package var resolved: Resolved? {
        guard case .scalar(let scalar) = content else { return nil }
        return scalar.resolved
    }

    /// Whether the node is the null value, such as the value of a key with nothing after it.
    package var isNull: Bool { resolved == .null }
}

extension Scalar {
    /// What the scalar means by the YAML 1.2 core schema: what is quoted is a string, `0755` is 755, `no` a
    /// word.
    ///
    /// An integer that does not fit 64 bits becomes a float.
    package var resolved: Resolved {
        guard style == .plain else { return .string(text) }
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .float(.infinity)
        case "-.inf", "-.Inf", "-.INF": return .float(-.infinity)
        case ".nan", ".NaN", ".NAN": return .float(.nan)
        default: return number ?? .string(text)
        }
    }

    /// The number that a plain scalar is, or nil.
    private var number: Resolved? {
        guard let first = text.utf8.first, first < UInt8(ascii: ":") else { return nil }
        if text.hasPrefix("0x") { return based(16) }
        if text.hasPrefix("0o") { return based(8) }
        guard let shape = NumberShape(text) else { return nil }
        if shape == .integer, let int = Int(text) { return .int(int) }
        return Double(text.last == "." ? text + "0" : text).map { .float($0) }
    }

    private func based(_ radix: Int) -> Resolved? {
        let digits = text.dropFirst(2)
        guard digits.first != "-", digits.first != "+" else { return nil }
        return Int(digits, radix: radix).map { .int($0) }
    }
}

/// The two ways to write a decimal number.
private enum NumberShape {
    case integer, float

    /// `[-+]?[0-9]+` or `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, of chapter 10.3.2 of YAML 1.2.
    init?(_ text: String) {
        var rest = text.utf8[...]
        func digits() -> Int {
            let count = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }.count
            rest = rest.dropFirst(count)
            return count
        }
        func take(_ one: UInt8, _ other: UInt8) -> Bool {
            guard let first = rest.first, first == one || first == other else { return false }
            rest = rest.dropFirst()
            return true
        }
        _ = take(UInt8(ascii: "+"), UInt8(ascii: "-"))
        let whole = digits()
        if rest.isEmpty && whole > 0 {
            self = .integer
            return
        }
        let fraction = take(UInt8(ascii: "."), UInt8(ascii: ".")) ? digits() : 0
        guard whole > 0 || fraction > 0 else { return nil }
        if take(UInt8(ascii: "e"), UInt8(ascii: "E")) {
            _ = take(UInt8(ascii: "+"), UInt8(ascii: "-"))
            guard digits() > 0 else { return nil }
        }
        guard rest.isEmpty else { return nil }
        self = .float
    }
}
