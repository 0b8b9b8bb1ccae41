import ArgumentParser
import Console
import YAML

/// The command `logs`.
struct Logs: ClusterCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs",
        abstract: "List the runs that are kept on this machine, or show one.",
        discussion: """
            It needs no network, and no inventory either: where there is a readable one, only its cluster's runs are \
            meant. Kept are the last \(RunArchive.kept) runs of each cluster. A listed result of `killed` means that \
            the run could not write its end itself.

            Examples:
              mooc-cluster logs
              mooc-cluster logs --last --follow
              mooc-cluster logs --last --host n2 --events
            """)

    @Argument(help: "The run, or a part of its name that no other one has.")
    var run: String?

    @Flag(help: "Show the newest run.")
    var last = false

    @Option(help: ArgumentHelp("Only what is about this host.", valueName: "name"))
    var host: String?

    @Flag(help: "Show the events as they are kept, one JSON object a line; --output json does the same.")
    var events = false

    @Flag(help: "Go on while the run does.")
    var follow = false

    @Option(help: ArgumentHelp("The cluster whose runs are meant.", valueName: "name"))
    var cluster: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if last, run != nil { throw ValidationError("name a run or give --last, not both") }
        if run == nil, !last, host != nil || events || follow {
            throw ValidationError("name a run, or give --last")
        }
    }

    func run(in context: Context) async throws -> ExitStatus {
        let runs = RunArchive(context).runs(of: cluster ?? inventoryCluster(context))
        if run == nil, !last {
            list(runs, context)
        } else {
            try await show(try choose(from: runs), context)
        }
        return .done
    }

    /// The cluster of the inventory, however wrong the rest of that is; nil when it cannot be told.
    private func inventoryCluster(_ context: Context) -> String? {
        let file = common.inventoryFile(context)
        guard let bytes = try? Files.read(context.path(file)) else { return nil }
        return YAMLParser.document(bytes, file: file, diagnostics: Diagnostics())?["cluster"]?.text
    }

    private func list(_ runs: [KeptRun], _ context: Context) {
        switch common.output {
        case .json:
            context.console.result(Node.sequence(runs.map(\.json)).json(pretty: true) + "\n")
        case .text where runs.isEmpty: context.console.say("no run is kept here")
        case .text:
            let severalClusters = Set(runs.map(\.cluster)).count > 1
            var table = Table(
                ["RUN", "COMMAND", "STARTED", "TOOK", "RESULT"] + (severalClusters ? ["CLUSTER"] : []))
            for run in runs {
                let facts = run.facts
                let result = facts["result"]?.text ?? ""
                let color: Paint.Color? = result == "done" ? .green : result == "running" ? nil : .yellow
                table.add(
                    [
                        Table.Cell(run.name), Table.Cell(facts["command"]?.text ?? ""),
                        Table.Cell(Self.moment(facts)), Table.Cell(Self.duration(facts)),
                        Table.Cell(result, color),
                    ] + (severalClusters ? [Table.Cell(run.cluster)] : []))
            }
            context.console.result(table.text(context.console.paint))
        }
    }

    /// The run that is meant.
    private func choose(from runs: [KeptRun]) throws -> KeptRun {
        guard let word = run else {
            guard let newest = runs.first else { throw Complaint(.failed, "no run is kept here") }
            return newest
        }
        let found = runs.filter { $0.name == word }
        let similar = found.isEmpty ? runs.filter { $0.name.contains(word) } : found
        guard let only = similar.first, similar.count == 1 else {
            throw Complaint(
                .usage,
                similar.isEmpty
                    ? "no run is called '\(word)'; `mooc-cluster logs` lists them"
                    : "'\(word)' is in the names of \(similar.count) runs; write more of it")
        }
        return only
    }

    private func show(_ run: KeptRun, _ context: Context) async throws {
        let showsEvents = events || common.output == .json
        if let host, !run.hosts.contains(host) {
            throw Complaint(
                .usage, "the run has no host '\(host)'; it has \(run.hosts.joined(separator: ", "))")
        }
        if !showsEvents { context.console.result(Self.head(run)) }
        var tail = LogTail(run, host: host)
        while true {
            // Asked first: what is written until then is read below.
            let goesOn = follow && run.goesOn
            let lines = showsEvents ? try newEvents(run, &tail) : try tail.next()
            context.console.result(lines.map { (showsEvents ? $0 : $0.printable) + "\n" }.joined())
            guard goesOn else { break }
            try await context.time.sleep(.milliseconds(200))
        }
        if !showsEvents { context.console.result(Self.end(run)) }
    }

    private func newEvents(_ run: KeptRun, _ tail: inout LogTail) throws -> [String] {
        try tail.newLines(of: run.eventsFile).filter { line in
            guard let host else { return true }
            let event = YAMLParser.document(String(line), file: run.eventsFile, diagnostics: Diagnostics())
            return event?["host"]?.text == host
        }.map(String.init)
    }

    private static func head(_ run: KeptRun) -> String {
        let facts = run.facts
        return "\(run.name): \(facts["command"]?.text ?? "") of \(run.cluster), \(moment(facts))\n"
    }

    private static func end(_ run: KeptRun) -> String {
        let facts = run.facts
        let time = duration(facts)
        let error = facts["error"]?.text.map { ": \($0.printable)" } ?? ""
        return
            "\(facts["result"]?.text ?? "")\(time.isEmpty ? "" : " after \(time)")\(error)\n\(run.folder)\n"
    }

    /// `2026-11-21 10:44:06Z`.
    private static func moment(_ facts: Node) -> String {
        let text = facts["started"]?.text ?? ""
        return text.isEmpty ? "" : text.prefix { $0 != "." }.replacing("T", with: " ") + "Z"
    }

    private static func duration(_ facts: Node) -> String {
        facts["seconds"]?.text.flatMap(Double.init).map(Timekeeper.text(seconds:)) ?? ""
    }
}
