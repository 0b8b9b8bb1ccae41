import Console
import Inventory
import Provisioning
import YAML

extension Operation {
    /// Fetches a file from the hosts of `--limit` to this machine, and answers with what came.
    ///
    /// - Parameters:
    ///   - fetch: the file.
    ///   - mode: its permissions here; nil is those that it has there.
    ///   - parallel: from how many hosts at once.
    ///   - format: how the result is written.
    ///   - place: where the file of a host goes.
    /// - Returns: how the process ends.
    /// - Throws: `CancellationError`; a host from which nothing comes does not throw.
    func fetch(
        _ fetch: FileFetch, mode: UInt32?, parallel: Int, _ format: OutputFormat,
        to place: @escaping @Sendable (Host) -> String
    ) async throws -> ExitStatus {
        let asked = hosts
        let console = console
        let results = try await console.withBoard(hosts: asked.map(\.name)) {
            await fetch.perform(from: asked, parallel: parallel, surroundings) { host in
                console.update(host.name, .running, place(host))
                return try FileDraft(place(host))
            } finish: { draft, facts in
                try draft.finish(mode: mode ?? facts.mode, modified: facts.modified)
            } onEnd: { host, result in
                switch result {
                case .success(let facts):
                    console.update(host.name, .done, place(host))
                    context.record.write(
                        "fetched", ["file": .string(place(host)), "bytes": .int(facts.size)], host: host.name,
                        words: "fetched \(place(host)), \(facts.size) bytes")
                case .failure(let error):
                    console.update(host.name, .failed, Explanation(error).message)
                }
            }
        }
        try Task.checkCancellation()
        let list = FetchList(
            rows: zip(asked, results).map { FetchList.Row(host: $0, place: place($0), result: $1) })
        for row in list.rows {
            if let trouble = row.trouble {
                console.say("\(trouble.message); \(trouble.cure)", .error, host: row.host.name)
            }
        }
        conclude(["files": list.json], text: list.text(console.paint), format)
        return list.status
    }
}
