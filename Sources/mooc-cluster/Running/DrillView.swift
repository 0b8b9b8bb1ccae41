import Console
import Provisioning
import YAML

extension PodLoss.Intent {
    /// What is about to be done, for a person.
    var lines: [String] {
        [
            "\(service): \(serving == 1 ? "1 pod serves" : "\(serving) pods serve"); \(pod) on \(node) is killed"
        ]
            + stores.map { "  \($0.rawValue) \($0.words)" }
    }
}

extension NodeLoss.Intent {
    /// What is about to be done, for a person.
    var lines: [String] {
        departure.lines
            + ["  serves: \(services.isEmpty ? "nothing that is asked" : services.joined(separator: ", "))"]
            + stores.map { "  \($0.rawValue) \($0.words)" }
    }
}

extension DrillReport {
    /// For a person: the timeline, then how the requests went.
    func text(_ paint: Paint) -> String {
        let lines = timeline.map { line in
            let time = Self.seconds(line.after)
            let space = String(repeating: " ", count: max(0, 8 - time.count))
            let words = "\(space)\(time) s  \(line.text)"
            return (line.isRecorded ? paint("\(words) (recorded by the API server)", .dim) : words) + "\n"
        }
        var table = Table(["SERVICE", "REQUESTS", "FAILED", "FROM", "TO", "SLOWEST", "AS BEFORE AFTER"])
        for row in requests {
            let failed = row.failed.values.reduce(0, +)
            table.add([
                Table.Cell(row.service), Table.Cell("\(row.sent)"),
                Table.Cell("\(failed)", failed == 0 ? .green : .red),
                Table.Cell(row.failing.map { "\(Self.seconds($0.lowerBound)) s" } ?? "-"),
                Table.Cell(row.failing.map { "\(Self.seconds($0.upperBound)) s" } ?? "-"),
                Table.Cell("\(row.slowest) ms"),
                row.restored.map { Table.Cell("\(Self.seconds($0)) s") } ?? Table.Cell("not", .red),
            ])
        }
        return "\(lost)\n" + lines.joined() + table.text(paint)
    }

    /// For scripts.
    var json: Node {
        [
            "schema": "mooc-cluster-drill/1", "lost": .string(lost), "restored": .bool(isRestored),
            "timeline": .sequence(
                timeline.map { line in
                    [
                        "milliseconds": .int(line.after), "text": .string(line.text),
                        "recorded": .bool(line.isRecorded),
                    ]
                }),
            "services": .sequence(
                requests.map { row in
                    var failed: Node = [:]
                    for reason in row.failed.keys.sorted() { failed[reason] = .int(row.failed[reason] ?? 0) }
                    return [
                        "service": .string(row.service), "requests": .int(row.sent), "failed": failed,
                        "firstFailure": row.failing.map { .int($0.lowerBound) } ?? .null,
                        "lastFailure": row.failing.map { .int($0.upperBound) } ?? .null,
                        "slowest": .int(row.slowest),
                        "restoredAfter": row.restored.map { .int($0) } ?? .null,
                    ]
                }),
        ]
    }

    /// Milliseconds as seconds with one decimal.
    private static func seconds(_ milliseconds: Int) -> String {
        let tenths = (abs(milliseconds) + 50) / 100
        return "\(milliseconds < 0 && tenths > 0 ? "-" : "")\(tenths / 10).\(tenths % 10)"
    }
}
