import Provisioning
import YAML

extension Departure {
    /// What it means that the node goes, for a person: a line for each pod, and what goes with the node.
    var lines: [String] {
        let head = moves.isEmpty ? "\(node): no pod has to go elsewhere" : "\(node): pods that go elsewhere"
        var lines = [head]
        for move in moves {
            lines.append("  \(move.pod): \(move.target.map { "to \($0)" } ?? "nowhere, \(move.why)")")
        }
        if !ending.isEmpty { lines.append("  end with the node: \(ending.joined(separator: ", "))") }
        lines += volumes.map { "  on it alone: the volume \($0.name) of the claim \($0.claim)" }
        return lines + shutBudgets.map { "  \($0)" } + (restoration?.lines ?? [])
    }

    /// The same for scripts.
    var json: Node {
        [
            "node": .string(node),
            "pods": .sequence(
                moves.map { move in
                    [
                        "pod": .string(move.pod), "target": move.target.map { .string($0) } ?? .null,
                        "why": .string(move.why),
                    ]
                }),
            "ending": .sequence(ending.map { .string($0) }),
            "volumes": .sequence(
                volumes.map { ["volume": .string($0.name), "claim": .string($0.claim)] }),
            "restoration": restoration?.json ?? .null,
        ]
    }
}
