import Synchronization
package import YAML

/// The secrets that one run of the tool has come to know, for everything that it says and keeps.
///
/// A ``Runner`` takes the secrets of its own playbook out of its events; this takes those of all hosts and sources out
/// of whatever is shown or written in the end.
package final class Redaction: Sendable {
    private let redactor = Mutex(Redactor())

    /// Makes one that knows no secret.
    package init() {}

    /// Adds a secret.
    package func add(_ secret: Secret) { redactor.withLock { $0.add(secret.reveal()) } }

    /// The text with dots for secrets.
    package func clean(_ text: String) -> String { redactor.withLock { $0 }.clean(text) }

    /// Bytes with dots for secrets.
    package func clean(_ bytes: [UInt8]) -> [UInt8] {
        Array(clean(String(decoding: bytes, as: UTF8.self)).utf8)
    }

    /// A value with dots for secrets in all of its strings; keys stay.
    package func clean(strings node: Node) -> Node {
        switch node.content {
        case .scalar(let scalar):
            guard case .string(let text) = scalar.resolved else { return node }
            return .string(clean(text))
        case .sequence(let items): return .sequence(items.map(clean(strings:)))
        case .mapping(let mapping):
            return Node(
                .mapping(
                    Mapping(mapping.entries.map { .init(key: $0.key, value: clean(strings: $0.value)) })))
        }
    }
}
