/// What a YAML 1.1 parser makes of a plain scalar that YAML 1.2 reads otherwise.
///
/// kubectl, Ansible and Python read 1.1, so such a scalar means one thing to them and another to us;
/// typed reads refuse it and ask which is meant.
package enum LegacyReading: Hashable, Sendable {
    /// `yes`, `no`, `on`, `off`; not `y` and `n`, which the specification names and no parser in use takes.
    case bool(Bool)
    /// `0755` is 493, and `0b11` is 3.
    case int(Int)
    /// `1_000.5`.
    case float(Double)
    /// `12:30:45` is 45045.
    case sexagesimal(Int)

    /// How to write what is meant, for a scalar of this text.
    package func cure(for text: String) -> String {
        switch self {
        case .bool(let value): "write \(value), or \"\(text)\" for the text"
        case .int(let value) where text.hasPrefix("0") && !text.contains("b"):
            "write \"\(text)\" for the text, 0o\(String(value, radix: 8)) for the octal number"
        case .int(let value): "write \(value), or \"\(text)\" for the text"
        case .float(let value): "write \(value), or \"\(text)\" for the text"
        case .sexagesimal(let value): "write \"\(text)\" for the text, or \(value) for the number"
        }
    }
}

extension Scalar {
    /// What YAML 1.1 would make of the scalar, where that is not what 1.2 makes of it; nil for all others.
    package var legacy: LegacyReading? {
        guard style == .plain, let first = text.utf8.first else { return nil }
        switch text {
        case "yes", "Yes", "YES", "on", "On", "ON": return .bool(true)
        case "no", "No", "NO", "off", "Off", "OFF": return .bool(false)
        default: break
        }
        guard first < UInt8(ascii: ":"), text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let negative = text.hasPrefix("-")
        let unsigned = negative || text.hasPrefix("+") ? text.dropFirst() : text[...]
        guard let digit = unsigned.first, digit.isNumber || digit == "." else { return nil }
        let plain = unsigned.filter { $0 != "_" }
        let sign = negative ? -1 : 1
        if plain.hasPrefix("0b"), let value = Int(plain.dropFirst(2), radix: 2) { return .int(sign * value) }
        if plain.hasPrefix("0x"), plain != unsigned, let value = Int(plain.dropFirst(2), radix: 16) {
            return .int(sign * value)
        }
        if plain.count > 1, plain.hasPrefix("0"), let value = Int(plain, radix: 8) {
            // 00 and 07 are the same number in both.
            return value < 8 && plain == unsigned ? nil : .int(sign * value)
        }
        if let value = Self.sexagesimal(plain) { return .sexagesimal(sign * value) }
        guard plain != unsigned else { return nil }
        if let value = Int(plain) { return .int(sign * value) }
        return Scalar(plain, style: .plain).resolved.double.map { .float(Double(sign) * $0) }
    }

    /// `[0-9]+(:[0-5]?[0-9])+` to base 60, as the type repository of YAML 1.1 has it.
    private static func sexagesimal(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return nil }
        var value = 0
        for (index, part) in parts.enumerated() {
            guard part.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }),
                let number = Int(part),
                index == 0 || (part.count <= 2 && number < 60)
            else { return nil }
            let (shifted, overflow) = value.multipliedReportingOverflow(by: 60)
            let (sum, more) = shifted.addingReportingOverflow(number)
            guard !overflow, !more else { return nil }
            value = sum
        }
        return value
    }
}

extension Resolved {
    /// The number as a float, for numbers.
    package var double: Double? {
        switch self {
        case .int(let value): Double(value)
        case .float(let value): value
        default: nil
        }
    }
}
