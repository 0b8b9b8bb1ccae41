import Console
import Inventory
import Playbook
import Provisioning
import YAML

/// How a command ended on hosts.
struct ErrandList {
    /// One host.
    struct Row {
        /// The host.
        let host: Host
        /// How it ended there.
        let result: Result<Errand.Ending, any Error>

        /// How it ended, where it ran.
        var ending: Errand.Ending? { try? result.get() }

        /// Why it did not run to its end; nil where it did.
        var trouble: Explanation? { result.trouble }

        /// What it wrote to each stream.
        let output: [UInt8], errors: [UInt8]

        /// Makes a row of what came of a host.
        init(host: Host, result: Result<Errand.Ending, any Error>) {
            self.host = host
            self.result = result
            let pieces = (try? result.get())?.pieces ?? []
            output = pieces.filter { $0.stream == .output }.flatMap(\.bytes)
            errors = pieces.filter { $0.stream == .error }.flatMap(\.bytes)
        }
    }

    /// The hosts, in the order of the inventory.
    let rows: [Row]

    /// How the process ends: by the highest code.
    var status: ExitStatus {
        let codes = rows.map { row in row.trouble?.status.code ?? row.ending?.code ?? 0 }
        let highest = codes.max() ?? 0
        if highest == 0 { return .done }
        return rows.compactMap { $0.trouble?.status }.first { $0.code == highest } ?? .program(highest)
    }

    /// Where it did not run to its end, each with its host.
    var trouble: [(host: String, text: String)] {
        rows.compactMap { row in row.trouble.map { (row.host.name, "\($0.message); \($0.cure)") } }
    }

    /// What hosts said, once for all that said the same.
    func text(_ paint: Paint) -> String {
        var groups: [(names: [String], row: Row)] = []
        for row in rows where row.ending != nil {
            let same = groups.firstIndex { group in
                group.row.ending?.code == row.ending?.code && group.row.output == row.output
                    && group.row.errors == row.errors
            }
            if let same {
                groups[same].names.append(row.host.name)
            } else {
                groups.append(([row.host.name], row))
            }
        }
        return groups.map { group in
            let code = group.row.ending?.code ?? 0
            let names = paint(group.names.joined(separator: ", "), code == 0 ? .green : .red)
            let head = names + (code == 0 ? ":" : ": exit code \(code)")
            let lines = group.row.lines
            if code == 0, lines.count == 1 { return "\(head) \(lines[0])\n" }
            return "\(head)\n" + lines.map { "  \($0)\n" }.joined()
        }.joined()
    }

    /// The same for scripts: a list of the hosts.
    var json: Node {
        .sequence(
            rows.map { row in
                var node = row.facts
                node["output"] = .string(String(decoding: row.output, as: UTF8.self))
                node["errors"] = .string(String(decoding: row.errors, as: UTF8.self))
                return node
            })
    }

    /// The same for the record, which has the output in lines of its own.
    var facts: Node { .sequence(rows.map(\.facts)) }
}

extension ErrandList.Row {
    /// How it ended, without what was said.
    fileprivate var facts: Node {
        [
            "host": .string(host.name), "code": ending.map { .int(Int($0.code)) } ?? .null,
            "error": trouble.map { .string($0.message) } ?? .null,
            "cure": trouble.map { .string($0.cure) } ?? .null,
        ]
    }

    /// Both streams in order of arrival, as lines that a terminal can be given.
    fileprivate var lines: [String] {
        let text = String(decoding: ending?.pieces.flatMap(\.bytes) ?? [], as: UTF8.self)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
        if lines.last == "" { lines.removeLast() }
        return lines
    }
}
