import Synchronization

/// Gives out whole lines of what comes in pieces, so that nothing that is looked for in them is cut in two.
final class LineKeeper: Sendable {
    private let kept = Mutex<[UInt8]>([])

    /// Adds a piece and takes all lines that are whole now.
    func whole(adding bytes: [UInt8]) -> [UInt8] {
        kept.withLock { kept in
            kept += bytes
            guard let end = kept.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
            defer { kept.removeFirst(end + 1) }
            return Array(kept[...end])
        }
    }

    /// What is left after the last line's end.
    var rest: [UInt8] { kept.withLock { $0 } }
}
