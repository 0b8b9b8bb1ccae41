import YAML

/// Hosts of an inventory as `--limit` names them.
///
/// Words are parted by commas. A word is a role, or a pattern for names, or one for labels (`key=value`). In a pattern
/// `*` is any text, `?` any character and `[1:5]` each number of a range, with leading zeros where `[01:05]` has
/// them. `!` before a word takes its hosts out again, wherever it stands; where all words do, they are taken out of all
/// hosts.
package enum HostSelection {
    /// Why a selection means nothing.
    package enum Failure: Error, Sendable, Hashable {
        /// No host, role or label is what the word says; what may have been meant, or what there is.
        case unknown(word: String, cure: String)
        /// There is no word in it, or no host is left.
        case empty
    }

    /// The names of the hosts that are meant.
    ///
    /// - Throws: ``Failure``, for a word that matches nothing too, with `!` or without.
    package static func names(_ text: String, in cluster: Cluster) throws(Failure) -> Set<String> {
        var chosen: Set<String> = []
        var excluded: Set<String> = []
        var choosesAll = true
        for word in text.split(separator: ",").map(trimmed) where !word.isEmpty {
            if word.hasPrefix("!") {
                excluded.formUnion(try hosts(String(word.dropFirst()), in: cluster))
            } else {
                choosesAll = false
                chosen.formUnion(try hosts(word, in: cluster))
            }
        }
        if choosesAll, !excluded.isEmpty { chosen = Set(cluster.hosts.map(\.name)) }
        chosen.subtract(excluded)
        // What a script's empty variable leaves must not pass for work that was done.
        guard !chosen.isEmpty else { throw .empty }
        return chosen
    }

    private static func hosts(_ word: String, in cluster: Cluster) throws(Failure) -> [String] {
        let patterns = ranges(word).map { Array($0.unicodeScalars) }
        func fits(_ text: String) -> Bool {
            let text = Array(text.unicodeScalars)
            return patterns.contains { matches(text, $0) }
        }
        let found = cluster.hosts.filter { host in
            host.role.rawValue == word || fits(host.name)
                || word.contains("=") && host.labels.contains { fits("\($0.key)=\($0.value)") }
        }
        if !found.isEmpty { return found.map(\.name) }
        let names = cluster.hosts.map(\.name)
        let labels = cluster.hosts.flatMap { host in host.labels.map { "\($0.key)=\($0.value)" } }
        let known = word.contains("=") ? labels : names + Role.allCases.map(\.rawValue)
        let cure = Suggestion.words(
            for: word, among: known, otherwise: "the hosts are \(names.joined(separator: ", "))")
        throw .unknown(word: word, cure: cure)
    }

    /// The patterns that a word with ranges stands for; at most ten thousand, and what is no range stays as it is.
    private static func ranges(_ word: String) -> [String] {
        var patterns = [""]
        var rest = word[...]
        while let open = rest.firstIndex(of: "["), let close = rest[open...].firstIndex(of: "]") {
            let before = rest[..<open]
            let numbers = self.numbers(rest[rest.index(after: open)..<close])
            let middle = numbers ?? [String(rest[open...close])]
            guard patterns.count * middle.count <= 10_000 else { return [word] }
            patterns = patterns.flatMap { pattern in middle.map { pattern + before + $0 } }
            rest = rest[rest.index(after: close)...]
        }
        return patterns.map { $0 + rest }
    }

    /// The numbers of `1:5` or `01:05`; nil where it is no range.
    private static func numbers(_ text: Substring) -> [String]? {
        let ends = text.split(separator: ":", omittingEmptySubsequences: false)
        guard ends.count == 2, let first = UInt16(ends[0]), let last = UInt16(ends[1]), first <= last else {
            return nil
        }
        let width = ends[0].hasPrefix("0") ? ends[0].count : 1
        return (first...last).map { number in
            let digits = "\(number)"
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
    }

    /// Whether a text is what a pattern says; from the last `*` on it is tried again, so the time is their product.
    private static func matches(_ text: [Unicode.Scalar], _ pattern: [Unicode.Scalar]) -> Bool {
        var (place, next) = (0, 0)
        var star: (place: Int, next: Int)?
        while place < text.count {
            if next < pattern.count, pattern[next] == "*" {
                next += 1
                star = (place, next)
            } else if next < pattern.count, pattern[next] == "?" || pattern[next] == text[place] {
                place += 1
                next += 1
            } else if let last = star {
                place = last.place + 1
                next = last.next
                star?.place = place
            } else {
                return false
            }
        }
        return pattern[next...].allSatisfy { $0 == "*" }
    }

    private static func trimmed(_ word: Substring) -> String {
        String(word.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
