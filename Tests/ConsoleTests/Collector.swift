import Console
import Synchronization

/// Collects what a console writes, one entry a write.
final class Collector: Sendable {
    private let pieces = Mutex<[String]>([])

    /// The output that collects here.
    var output: Output {
        Output { bytes in self.pieces.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) } }
    }
    /// What was written, one entry a write.
    var writes: [String] { pieces.withLock { $0 } }
    /// What was written.
    var text: String { writes.joined() }
}

extension Timekeeper {
    /// A clock that stands still, whose waiting ends at once.
    static let still = Timekeeper(
        seconds: { 0 }, timeOfDay: { "12:00:00" },
        sleep: { _ in
            try Task.checkCancellation()
            await Task.yield()
        })
}

extension Terminal {
    /// A live terminal of a size.
    static func live(columns: Int = 80, rows: Int = 24, isColored: Bool = false, input: Int32? = nil)
        -> Terminal
    {
        Terminal(isLive: true, isColored: isColored, colorsResults: false, input: input) {
            Size(columns: columns, rows: rows)
        }
    }
}
