import Console
import Inventory
import Provisioning
import YAML

/// What `doctor` found, for scripts and for a person.
struct DiagnosisList {
    /// The schema of its JSON.
    static let schema = "mooc-cluster-doctor/1"

    /// One thing that was found.
    struct Entry {
        /// How bad it is.
        let severity: Diagnostic.Severity
        /// What is wrong.
        let message: String
        /// What would be right.
        let cure: String
    }

    /// The inventory.
    let cluster: Cluster
    /// The hosts that were to be looked at.
    let hosts: [Host]
    /// What was found.
    let diagnosis: Diagnosis

    /// How the process ends.
    var status: ExitStatus {
        if diagnosis.report.isInterrupted { return .interrupted }
        var all = diagnosis.report.failures.map { $0.failure.error.map { Explanation($0).status } ?? .failed }
        let found = diagnosis.findings.map(\.severity) + diagnosis.pathFindings.map(\.severity)
        if found.contains(.error) { all.append(.failed) }
        return ExitStatus.worst(of: all) ?? .done
    }

    /// What was found of a host, or of the cluster as a whole for nil; the worst first.
    func entries(of host: String?) -> [Entry] {
        let lost = diagnosis.report.failures.filter { $0.outcome.host == host }
            .map { Entry(severity: .error, message: $0.failure.message, cure: $0.failure.next) }
        let found = diagnosis.findings.filter { $0.host == host }
            .map { Entry(severity: $0.severity, message: $0.message, cure: $0.cure) }
        return lost + found.filter { $0.severity == .error } + found.filter { $0.severity != .error }
    }

    /// What was found between hosts.
    var pairs: [Entry] {
        diagnosis.pathFindings.map {
            Entry(severity: $0.severity, message: "\($0.ways): \($0.message)", cure: $0.cure)
        }
    }

    /// All of it.
    private var all: [Entry] { (hosts.map { $0.name } + [nil]).flatMap(entries) + pairs }

    private func count(_ severity: Diagnostic.Severity) -> Int { all.count { $0.severity == severity } }

    /// For a person: a block for each host that something is wrong with, the worst first, and a line with sums.
    func text(_ paint: Paint) -> String {
        let blocks =
            hosts.map { ($0.name, entries(of: $0.name)) }
            + [("the cluster", entries(of: nil)), ("between hosts", pairs)]
        // a sort that keeps the order of the inventory among the equally bad
        let worst = blocks.filter { $0.1.first?.severity == .error }
        let rest = blocks.filter { !$0.1.isEmpty && $0.1.first?.severity != .error }
        let lines = (worst + rest).map { name, entries in
            paint(name, .bold) + "\n"
                + entries.map { entry in
                    let mark = entry.severity == .error ? paint("error", .red) : paint("warning", .yellow)
                    return "  \(mark): \(entry.message.printable)\n      \(entry.cure.printable)\n"
                }.joined()
        }
        let (errors, warnings) = (count(.error), count(.warning))
        let looked = Self.number(hosts.count, "host")
        let ways =
            diagnosis.paths.isEmpty ? "" : ", \(Self.number(diagnosis.paths.count, "way")) between them"
        let sum =
            errors + warnings == 0
            ? "nothing found" : "\(Self.number(errors, "error")), \(Self.number(warnings, "warning"))"
        return lines.joined() + "\(cluster.name): \(looked)\(ways): \(sum)\n"
    }

    /// `1 host`, `2 hosts`.
    private static func number(_ count: Int, _ what: String) -> String {
        "\(count) \(what)\(count == 1 ? "" : "s")"
    }
}
