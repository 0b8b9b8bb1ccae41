import Playbook
import Synchronization

/// The output of a command, as it comes in from another thread.
final class Gathered: Sendable {
    private let pieces = Mutex<(output: [UInt8], error: [UInt8])>(([], []))

    /// Adds a piece.
    func add(_ piece: OutputPiece) {
        pieces.withLock {
            switch piece.stream {
            case .output: $0.output += piece.bytes
            case .error: $0.error += piece.bytes
            }
        }
    }

    /// All of standard output.
    var output: [UInt8] { pieces.withLock { $0.output } }
    /// All of standard error.
    var error: [UInt8] { pieces.withLock { $0.error } }
}
