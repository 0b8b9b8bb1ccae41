import Console
import Inventory
import Provisioning
import SSH
import YAML

/// What came of `ssh setup`, or would.
struct KeySetupList {
    /// One host.
    struct Row {
        /// The host.
        let host: Host
        /// The path of the private key.
        let path: String
        /// What came of it.
        let result: Result<KeySetup.Answer, any Error>
        /// Whether the host was asked alone.
        let isPlan: Bool

        /// What is set up; nil where it is not.
        var answer: KeySetup.Answer? { try? result.get() }

        /// Why it is not.
        var trouble: Explanation? { result.trouble }

        /// How the process ends because of it.
        var status: ExitStatus {
            guard let answer else { return trouble?.status ?? .failed }
            return isPlan && (!answer.wasAuthorized || !answer.openPaths.isEmpty) ? .pending : .done
        }

        /// What became of the operator's key there.
        fileprivate var key: String {
            guard let answer else { return "-" }
            return answer.wasAuthorized ? "was there" : isPlan ? "to be added" : "added"
        }

        fileprivate var login: Table.Cell {
            guard answer != nil else { return Table.Cell(status.word, .red) }
            return isPlan ? Table.Cell("not tried") : Table.Cell("by key", .green)
        }
    }

    /// The hosts, in the order of the inventory.
    let rows: [Row]

    /// Where the login is not proven, each with its host.
    var trouble: [(host: String, text: String)] {
        rows.compactMap { row in row.trouble.map { (row.host.name, "\($0.message); \($0.cure)") } }
    }

    /// What others can write to beside the keys, each with its host.
    var open: [(host: String, text: String)] {
        rows.flatMap { row in
            let paths = row.answer?.openPaths ?? []
            return paths.map { path in
                let may = row.isPlan ? "may" : "could"
                return (row.host.name, "others \(may) write to \(path): sshd then ignores the keys there")
            }
        }
    }

    /// How the process ends.
    var status: ExitStatus {
        let all = rows.map(\.status)
        return ExitStatus.worst(of: all) ?? (all.contains(.pending) ? .pending : .done)
    }

    /// For a person.
    func text(_ paint: Paint) -> String {
        var table = Table(["HOST", "YOUR KEY", "LOGIN", "HOST KEY"])
        for row in rows {
            let hostKey = row.answer?.hostKey
            table.add([
                Table.Cell(row.host.name), Table.Cell(row.key), row.login,
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
                    "result": .string(row.status.word), "key": .string(row.path),
                    "error": row.trouble.map { .string($0.message) } ?? .null,
                    "cure": row.trouble.map { .string($0.cure) } ?? .null,
                ]
                node["wasAuthorized"] = row.answer.map { .bool($0.wasAuthorized) }
                node["openPaths"] = row.answer.map { .sequence($0.openPaths.map { .string($0) }) }
                node["hostKey"] = row.answer?.hostKey?.json
                return node
            })
    }
}
