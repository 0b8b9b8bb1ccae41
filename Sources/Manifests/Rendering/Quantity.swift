/// A quantity as Kubernetes writes it: `250m`, `1.5`, `768Mi`, `2G`.
package enum Quantity {
    /// Its thousandths, rounded up; nil for what is none, or too large.
    package static func thousandths(_ text: String) -> Int? { whole(text, of: 1e-3) }

    /// Bytes as MiB, rounded up; nil for what is none, or too large.
    package static func mebibytes(_ text: String) -> Int? { whole(text, of: 0x1p20) }

    private static func whole(_ text: String, of unit: Double) -> Int? {
        let digits = text.prefix { $0.isNumber || $0 == "." }
        guard let number = Double(digits), let factor = factor(text.dropFirst(digits.count)) else {
            return nil
        }
        // Less than a millionth is what was lost on the way.
        let count = (number * (factor / unit) - 1e-6).rounded(.up)
        // Sums of as many as an inventory can ask for must not overflow.
        return count <= 1e12 ? Int(exactly: count) : nil
    }

    private static func factor(_ suffix: Substring) -> Double? {
        switch suffix {
        case "": 1
        case "m": 1e-3
        case "k": 1e3
        case "M": 1e6
        case "G": 1e9
        case "T": 1e12
        case "Ki": 0x1p10
        case "Mi": 0x1p20
        case "Gi": 0x1p30
        case "Ti": 0x1p40
        default: nil
        }
    }
}
