/// The numbers that a version begins with: of `1.6.20~ds1` 1.6.20, of `6.1.0-37-amd64` 6.1.0.
struct DottedNumber: Comparable, CustomStringConvertible {
    private let numbers: [Int]

    /// Reads one; nil when the text begins with no number.
    init?(_ text: String) {
        let head = text.prefix { $0 == "." || ("0"..."9").contains($0) }
        numbers = head.split(separator: ".").compactMap { Int($0) }
        if numbers.isEmpty { return nil }
    }

    /// The numbers with points between them.
    var description: String { numbers.map(String.init).joined(separator: ".") }

    /// Orders by the first number that differs; one that is missing is 0.
    static func < (left: DottedNumber, right: DottedNumber) -> Bool {
        let count = max(left.numbers.count, right.numbers.count)
        for index in 0..<count where left.part(index) != right.part(index) {
            return left.part(index) < right.part(index)
        }
        return false
    }

    /// Whether neither is less.
    static func == (left: DottedNumber, right: DottedNumber) -> Bool { !(left < right) && !(right < left) }

    private func part(_ index: Int) -> Int { numbers.indices.contains(index) ? numbers[index] : 0 }
}
