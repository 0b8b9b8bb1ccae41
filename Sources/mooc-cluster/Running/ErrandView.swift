import Console
import Inventory
import Playbook
import Provisioning
import Synchronization
import YAML

/// Shows and keeps what a command says on hosts while it runs.
final class ErrandView: Sendable {
    private let context: Context
    private let state = Mutex((title: "", lines: [String: LineParts]()))

    /// What of two streams is no whole line yet.
    private struct LineParts {
        var output: [UInt8] = []
        var error: [UInt8] = []
    }

    /// Makes a view.
    init(_ context: Context) { self.context = context }

    /// The command is about to run on a host.
    func begin(_ host: Host, _ title: String) {
        state.withLock { $0.title = title }
        context.console.update(host.name, .running, title)
    }

    /// A piece of output came.
    func take(_ piece: OutputPiece, _ host: Host) {
        let title = state.withLock { $0.title }
        for line in lines(piece, host) {
            context.console.update(host.name, .running, title, detail: line)
            keep(line, piece.stream, host)
        }
    }

    /// The command has ended on a host, or never ran.
    func end(_ host: Host, _ result: Result<Errand.Ending, any Error>) {
        let rest = state.withLock { $0.lines.removeValue(forKey: host.name) } ?? LineParts()
        for (stream, bytes) in [(OutputPiece.Stream.output, rest.output), (.error, rest.error)]
        where !bytes.isEmpty {
            keep(String(decoding: bytes, as: UTF8.self), stream, host)
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

    private func keep(_ line: String, _ stream: OutputPiece.Stream, _ host: Host) {
        context.record.write(
            "output", ["line": .string(line), "stream": .string("\(stream)")], host: host.name, words: line)
    }

    /// The lines that a piece completes.
    private func lines(_ piece: OutputPiece, _ host: Host) -> [String] {
        state.withLock { state in
            let part: WritableKeyPath<LineParts, [UInt8]> = piece.stream == .output ? \.output : \.error
            var bytes = state.lines[host.name, default: LineParts()][keyPath: part] + piece.bytes
            let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            let whole = bytes[..<end]
            let lines = whole.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
            bytes.removeFirst(end)
            state.lines[host.name, default: LineParts()][keyPath: part] = bytes
            return lines
        }
    }
}
