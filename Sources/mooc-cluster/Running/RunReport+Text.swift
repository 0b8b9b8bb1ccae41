import Console
import Provisioning
import YAML

extension RunReport {
    /// What went wrong, a block for each host and phase, and what to do next.
    var trouble: [String] {
        findings.filter { $0.severity == .error }.map { finding in
            let place = finding.host.map { "\($0): " } ?? ""
            return "\(place)\(finding.message); \(finding.cure)"
        }
            + failures.map { outcome, failure in
                var lines = ["\(outcome.host), phase \(outcome.phase): \(failure.message)"]
                if let mark = failure.mark { lines.append("  step: \(failure.step ?? "") (\(mark))") }
                lines +=
                    failure.output.isEmpty ? [] : ["  last lines:"] + failure.output.map { "    | \($0)" }
                for seen in failure.seen {
                    lines += ["  seen on \(seen.host):"] + seen.lines.map { "    | \($0)" }
                }
                if let cause = failure.cause { lines.append("  cause: \(cause.cause) (\(cause.name))") }
                if let evidence = failure.evidence { lines.append("  evidence: \(evidence)") }
                lines.append("  next: \(failure.next)")
                return lines.joined(separator: "\n")
            }
            + outcomes.compactMap { outcome in
                guard case .lost(let cause) = outcome.ending else { return nil }
                return "\(outcome.host), phase \(outcome.phase): did not start, since it needs \(cause)"
            }
    }

    /// A table of the hosts.
    func table(_ hosts: [(name: String, role: String)], _ paint: Paint, changed: String) -> String {
        var table = Table(["HOST", "ROLE", "RESULT", changed])
        for host in hosts {
            let result = result(of: host.name)
            let color: Paint.Color = result == "done" ? .green : result == "failed" ? .red : .yellow
            table.add([
                Table.Cell(host.name), Table.Cell(host.role), Table.Cell(result, color),
                Table.Cell("\(changes(on: host.name))"),
            ])
        }
        return table.text(paint)
    }
}
