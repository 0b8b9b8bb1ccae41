import Synchronization

/// Bytes in the order they came.
package final class Collected: Sendable {
    private let content = Mutex<[UInt8]>([])

    /// Makes an empty collection.
    package init() {}

    /// Adds bytes.
    package func add(_ bytes: [UInt8]) { content.withLock { $0 += bytes } }

    /// How many bytes there are.
    package var count: Int { content.withLock { $0.count } }

    /// The bytes as text.
    package var text: String { content.withLock { String(decoding: $0, as: UTF8.self) } }
}
