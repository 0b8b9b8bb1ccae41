import Console
import Inventory
import Provisioning
import YAML

/// What came of fetching a file from hosts.
struct FetchList {
    /// One host.
    struct Row {
        /// The host.
        let host: Host
        /// The path here.
        let place: String
        /// What came.
        let result: Result<FileFetch.Facts, any Error>

        /// What came; nil where nothing did.
        var facts: FileFetch.Facts? { try? result.get() }

        /// Why nothing came; nil where the file did.
        var trouble: Explanation? { result.trouble }
    }

    /// The hosts, in the order of the inventory.
    let rows: [Row]

    /// How the process ends.
    var status: ExitStatus { ExitStatus.worst(of: rows.compactMap { $0.trouble?.status }) ?? .done }

    /// For a person.
    func text(_ paint: Paint) -> String {
        var table = Table(["HOST", "BYTES", "FILE"])
        for row in rows {
            table.add([
                Table.Cell(row.host.name), Table.Cell(row.facts.map { "\($0.size)" } ?? "-"),
                row.trouble.map { Table.Cell($0.status.word, .red) } ?? Table.Cell(row.place),
            ])
        }
        return table.text(paint)
    }

    /// For scripts.
    var json: Node {
        .sequence(
            rows.map { row in
                [
                    "host": .string(row.host.name), "file": row.facts == nil ? .null : .string(row.place),
                    "bytes": row.facts.map { .int($0.size) } ?? .null,
                    "error": row.trouble.map { .string($0.message) } ?? .null,
                    "cure": row.trouble.map { .string($0.cure) } ?? .null,
                ]
            })
    }
}
