import Console
import Provisioning
import YAML

/// What a drill is about to do.
protocol DrillIntent: Sendable {
    /// For a person.
    var lines: [String] { get }
    /// For scripts.
    var json: Node { get }
    /// What a person is asked before it is done.
    var question: String { get }
}

extension PodLoss.Intent: DrillIntent {
    var lines: [String] {
        [
            "\(service): \(serving == 1 ? "1 pod serves" : "\(serving) pods serve"); \(pod) on \(node) is killed"
        ]
            + stores.map { "  \($0.rawValue) \($0.words)" }
    }

    var json: Node {
        [
            "service": .string(service), "pod": .string(pod), "node": .string(node), "serving": .int(serving),
            "stores": stores.json, "seconds": .int(seconds),
        ]
    }

    var question: String { "Kill the pod \(pod)?" }
}

extension NodeLoss.Intent: DrillIntent {
    var lines: [String] {
        departure.lines
            + ["  serves: \(services.isEmpty ? "nothing that is asked" : services.joined(separator: ", "))"]
            + stores.map { "  \($0.rawValue) \($0.words)" }
            + ["  put back after \(seconds) s at the latest"]
    }

    var json: Node {
        [
            "departure": departure.json, "from": .sequence(peers.map { .string($0) }),
            "services": .sequence(services.map { .string($0) }), "stores": stores.json,
            "seconds": .int(seconds),
        ]
    }

    var question: String {
        let what = peers.isEmpty ? "Cut \(node) off" : "Part \(node) from \(peers.joined(separator: ", "))"
        return "\(what) for \(seconds) s at most?"
    }
}

extension [DataStore] {
    /// What each loses or refuses, for scripts.
    fileprivate var json: Node {
        .sequence(map { ["store": .string($0.rawValue), "meanwhile": .string($0.words)] })
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
