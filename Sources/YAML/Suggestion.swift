/// Finds what a misspelt word was meant to be.
package enum Suggestion {
    /// The nearest of the known words, or nil when none is near: at most a third of the letters wrong
    /// (one in short words), or one word the beginning of the other.
    package static func nearest(to word: String, among known: [String]) -> String? {
        let lower = word.lowercased()
        let ranked = known.map { (known: $0, distance: distance(lower, $0.lowercased())) }
        if let best = ranked.min(by: { $0.distance < $1.distance }),
            best.distance <= max(1, max(word.count, best.known.count) / 3), best.distance < word.count
        {
            return best.known
        }
        guard word.count >= 3 else { return nil }
        return known.first { $0.lowercased().hasPrefix(lower) || lower.hasPrefix($0.lowercased()) }
    }

    /// The nearest of the known words as a question, or other words where none is near.
    package static func words(for word: String, among known: [String], otherwise: String) -> String {
        nearest(to: word, among: known).map { "did you mean '\($0)'?" } ?? otherwise
    }

    /// The Damerau–Levenshtein distance (optimal string alignment): letters inserted, dropped, changed or
    /// swapped.
    package static func distance(_ left: String, _ right: String) -> Int {
        let (one, two) = (Array(left), Array(right))
        guard !one.isEmpty, !two.isEmpty else { return max(one.count, two.count) }
        var beforeLast: [Int] = []
        var last = Array(0...two.count)
        for row in 1...one.count {
            var current = [row]
            for column in 1...two.count {
                let change = one[row - 1] == two[column - 1] ? 0 : 1
                var best = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + change)
                if row > 1, column > 1, one[row - 1] == two[column - 2], one[row - 2] == two[column - 1] {
                    best = min(best, beforeLast[column - 2] + 1)
                }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[two.count]
    }
}
