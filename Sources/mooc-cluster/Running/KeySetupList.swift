import Console
import Inventory
import Provisioning
import SSH
import YAML

/// What came of `ssh setup`.
struct KeySetupList {
    /// One host.
    struct Row {
        /// The host.
        let host: Host
        /// The path of the private key.
        let key: String
        /// What came of it.
        let result: Result<KeySetup.Answer, any Error>

        /// What is set up; nil where it is not.
        var answer: KeySetup.Answer? { try? result.get() }

        /// Why it is not.
        var trouble: Explanation? { result.trouble }

        /// How the process ends because of it.
        var status: ExitStatus { trouble?.status ?? .done }
    }

    /// The hosts, in the order of the inventory.
    let rows: [Row]

    /// Where the login is not proven, each with its host.
    var trouble: [(host: String, text: String)] {
        rows.compactMap { row in row.trouble.map { (row.host.name, "\($0.message); \($0.cure)") } }
    }

    /// For a person.
    func text(_ paint: Paint) -> String {
        var table = Table(["HOST", "YOUR KEY", "LOGIN", "HOST KEY"])
        for row in rows {
            let hostKey = row.answer?.hostKey
            table.add([
                Table.Cell(row.host.name),
                Table.Cell(row.answer.map { $0.wasAuthorized ? "was there" : "added" } ?? "-"),
                row.answer == nil ? Table.Cell(row.status.word, .red) : Table.Cell("by key", .green),
                Table.Cell(
                    hostKey.map { "\($0.wasKnown ? "known" : "new") \($0.type) \($0.fingerprint)" } ?? "-"),
            ])
        }
        return table.lines(paint).map { $0 + "\n" }.joined()
    }

    /// For scripts.
    var json: Node {
        .sequence(
            rows.map { row in
                var node: Node = [
                    "host": .string(row.host.name), "address": .string(row.host.address),
                    "result": .string(row.answer == nil ? row.status.word : "done"), "key": .string(row.key),
                    "error": row.trouble.map { .string($0.message) } ?? .null,
                    "cure": row.trouble.map { .string($0.cure) } ?? .null,
                ]
                node["wasAuthorized"] = row.answer.map { .bool($0.wasAuthorized) }
                node["hostKey"] = row.answer?.hostKey?.json
                return node
            })
    }
}
