extension Node {
    /// Whether two nodes mean the same: the order of mappings, the style of scalars and places do not count.
    ///
    /// Numbers are compared by value, so 1 means 1.0, as in JSON.
    package func means(_ other: Node) -> Bool {
        switch (content, other.content) {
        case (.scalar(let left), .scalar(let right)):
            return left.resolved.means(right.resolved)
        case (.sequence(let left), .sequence(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { $0.means($1) }
        case (.mapping(let left), .mapping(let right)):
            guard left.entries.count == right.entries.count else { return false }
            let values = Dictionary(right.entries.map { ($0.key, $0.value) }) { first, _ in first }
            return left.entries.allSatisfy { entry in values[entry.key].map { entry.value.means($0) } ?? false
            }
        default:
            return false
        }
    }
}

extension Resolved {
    /// Equal, or equal numbers, or both not a number.
    fileprivate func means(_ other: Resolved) -> Bool {
        if self == other { return true }
        guard let left = double, let right = other.double else { return false }
        return left == right || (left.isNaN && right.isNaN)
    }
}
