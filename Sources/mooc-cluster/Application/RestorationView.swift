import Provisioning
import YAML

extension Restoration {
    /// What is put back, for a person: a line for each kind of thing.
    var lines: [String] {
        let head = deeds.isEmpty ? "\(host): nothing is noted that could be put back" : "\(host): put back"
        return [head] + deeds.map { "  \($0)" } + remarks.map { "  but \($0)" }
    }

    /// The same for scripts.
    var json: Node {
        [
            "host": .string(host), "deeds": .sequence(deeds.map { .string($0) }),
            "remarks": .sequence(remarks.map { .string($0) }),
        ]
    }
}
