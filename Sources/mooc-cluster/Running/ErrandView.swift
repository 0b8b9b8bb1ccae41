import Console
import Inventory
import Playbook
import Provisioning
import Synchronization
import YAML

/// Shows and keeps what a command says on hosts while it runs.
final class ErrandView: Sendable {
    private let context: Context
    private let state = Mutex((title: "", hosts: [String: Parts]()))

    /// What of a host's two streams is no whole line yet, and how many lines were kept.
    private struct Parts {
        var output: [UInt8] = []
        var error: [UInt8] = []
        var kept = 0
    }

    /// As many lines of a host the record keeps: what is asked for is the result, and may be a whole disk.
    private static let longestRecord = 2000
    /// As many bytes without a newline are a line.
    private static let longestLine = 65_536

    /// Makes a view.
    init(_ context: Context) { self.context = context }

    /// The command is about to run on a host.
    func begin(_ host: Host, _ title: String) {
        state.withLock { $0.title = title }
        context.console.update(host.name, .running, title)
    }

    /// A piece of output came.
    func take(_ piece: OutputPiece, _ host: Host) {
        let (title, whole, rest) = state.withLock { state in
            let part: WritableKeyPath<Parts, [UInt8]> = piece.stream == .output ? \.output : \.error
            var parts = state.hosts[host.name, default: Parts()]
            let bytes = parts[keyPath: part] + piece.bytes
            let isLong = bytes.count > Self.longestLine
            let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? (isLong ? bytes.count : 0)
            parts[keyPath: part] = Array(bytes[end...])
            let rest = Self.longestRecord - parts.kept
            let lines = bytes[..<end].split(separator: UInt8(ascii: "\n"), maxSplits: max(0, rest))
            parts.kept += lines.count
            state.hosts[host.name] = parts
            return (state.title, lines, rest)
        }
        for line in whole.prefix(max(0, rest)) { keep(line, piece.stream, host) }
        if rest >= 0, whole.count > rest {
            context.record.write(
                "outputCut", ["lines": .int(Self.longestRecord)], host: host.name,
                words: "more is not kept than \(Self.longestRecord) lines")
        }
        if let last = whole.last?.split(separator: UInt8(ascii: "\n")).last {
            context.console.update(
                host.name, .running, title, detail: String(decoding: last.prefix(1000), as: UTF8.self))
        }
    }

    /// The command has ended on a host, or never ran.
    func end(_ host: Host, _ result: Result<Errand.Ending, any Error>) {
        let rest = state.withLock { $0.hosts.removeValue(forKey: host.name) } ?? Parts()
        for (stream, bytes) in [(OutputPiece.Stream.output, rest.output), (.error, rest.error)]
        where !bytes.isEmpty && rest.kept <= Self.longestRecord {
            keep(bytes[...], stream, host)
        }
        switch result {
        case .success(let ending):
            let words = "exit code \(ending.code)"
            context.console.update(host.name, ending.code == 0 ? .done : .failed, words)
            context.record.write(
                "commandEnded", ["code": .int(Int(ending.code))], host: host.name, words: words)
        case .failure(let error):
            context.console.update(host.name, .failed, Explanation(error).message)
        }
    }

    private func keep(_ bytes: ArraySlice<UInt8>, _ stream: OutputPiece.Stream, _ host: Host) {
        let line = String(decoding: bytes, as: UTF8.self)
        context.record.write(
            "output", ["line": .string(line), "stream": .string("\(stream)")], host: host.name, words: line)
    }
}
