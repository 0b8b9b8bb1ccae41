/// A cause of failure that a line of output gives away.
package struct KnownCause: Sendable, Hashable {
    /// Its name, which does not change between versions: `apt-locked`.
    package let name: String
    /// What stands in such a line, in small letters; one sign is enough, and of a sign all parts must be there.
    package let signs: [[String]]
    /// What it means.
    package let cause: String
    /// What to do about it.
    package let cure: String
    /// What to type on the host next, to see it or to mend it.
    package let command: String
    /// Whether such a line often only follows from another cause, so that any other explains more.
    package let isConsequence: Bool

    /// Makes a cause; parts of a sign are parted by ` … `.
    init(
        _ name: String, _ signs: [String], cause: String, cure: String, command: String,
        isConsequence: Bool = false
    ) {
        self.name = name
        self.signs = signs.map { sign in sign.split(separator: " … ").map(String.init) }
        self.cause = cause
        self.cure = cure
        self.command = command
        self.isConsequence = isConsequence
    }

    /// What to do next, in a sentence with what to type on a host.
    package func next(on host: String) -> String {
        "\(cure); type on \(host): \(command); then run the same command again"
    }

    /// All causes that are known; of two that fit a line the first counts.
    package static let all = ofHosts + ofPackages + ofImages + ofRuntimes + ofClusters + ofConsequences

    /// The cause that some lines of output give away, and the line that does.
    ///
    /// The latest line counts, but one that only follows from something counts only when no other says more.
    package static func find(in output: [String]) -> (cause: KnownCause, evidence: String)? {
        find(in: output) { !$0.isConsequence } ?? find(in: output, \.isConsequence)
    }

    private static func find(
        in output: [String], _ counts: (KnownCause) -> Bool
    ) -> (cause: KnownCause, evidence: String)? {
        let candidates = all.filter(counts)
        for line in output.reversed() {
            let small = line.lowercased()
            if let known = candidates.first(where: { $0.fits(small) }) { return (known, line) }
        }
        return nil
    }

    private func fits(_ line: String) -> Bool {
        signs.contains { parts in parts.allSatisfy { line.contains($0) } }
    }
}
