package import YAML

/// Something wrong on the ways from hosts to one host.
package struct PathFinding: Sendable, Hashable {
    /// How bad it is.
    package let severity: Diagnostic.Severity
    /// The hosts whose way it is, in the order of the inventory.
    package var from: [String] = []
    /// The host that the ways lead to.
    package let to: String
    /// What is wrong.
    package let message: String
    /// What would be right.
    package let cure: String

    /// Makes a finding of no way yet.
    init(_ severity: Diagnostic.Severity, _ to: String, _ message: String, cure: String) {
        self.severity = severity
        self.to = to
        self.message = message
        self.cure = cure
    }

    /// The ways, for people: `n1, n2 -> n3`.
    package var ways: String { "\(from.joined(separator: ", ")) -> \(to)" }

    /// The findings of all ways, those that are the same of one host together, errors first.
    static func gather(_ found: [(from: String, findings: [PathFinding])]) -> [PathFinding] {
        var all: [PathFinding] = []
        for (from, findings) in found {
            for finding in findings {
                let index = all.firstIndex { known in
                    var bare = known
                    bare.from = []
                    return bare == finding
                }
                if let index {
                    all[index].from.append(from)
                } else {
                    var new = finding
                    new.from = [from]
                    all.append(new)
                }
            }
        }
        return all.filter { $0.severity == .error } + all.filter { $0.severity != .error }
    }
}
