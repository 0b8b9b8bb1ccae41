import YAML

/// A run that is kept.
struct KeptRun: Sendable {
    /// The file of the event stream.
    static let events = "events.jsonl"

    /// The name of its folder, which begins with when it began.
    let name: String
    /// The cluster's name.
    let cluster: String
    /// The path of its folder.
    let folder: String

    /// The path of its event stream.
    var eventsFile: String { "\(folder)/\(Self.events)" }

    /// Whether it still goes on: the process that writes its events holds their lock.
    var goesOn: Bool { Files.isLocked(eventsFile) }

    /// Names of its hosts' logs, without the `.log`.
    var hosts: [String] {
        Files.names(in: folder).filter { $0.hasSuffix(".log") }.map { String($0.dropLast(4)) }
    }

    /// What its summary says, or else the first line of its events, with how it ended: `running`, or `killed` when it
    /// could not say so itself.
    var facts: Node {
        if let summary = Self.read("\(folder)/summary.json") { return summary }
        var facts = Self.firstLine(of: eventsFile) ?? [:]
        facts["result"] = goesOn ? "running" : "killed"
        return facts
    }

    private static func read(_ path: String) -> Node? {
        guard let bytes = try? Files.read(path) else { return nil }
        return YAMLParser.document(bytes, file: path, diagnostics: Diagnostics())
    }

    private static func firstLine(of path: String) -> Node? {
        guard let bytes = try? Files.read(path) else { return nil }
        return YAMLParser.document(
            Array(bytes.prefix { $0 != UInt8(ascii: "\n") }), file: path, diagnostics: Diagnostics())
    }

    /// The run for scripts, in a list.
    var json: Node {
        let facts = facts
        func fact(_ key: String) -> Node { facts[key] ?? .null }
        return [
            "run": .string(name), "cluster": .string(cluster), "command": fact("command"),
            "started": fact("started"), "seconds": fact("seconds"), "result": fact("result"),
            "code": fact("code"), "folder": .string(folder),
        ]
    }
}
