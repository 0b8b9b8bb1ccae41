import Console
import Manifests
import YAML

extension Operation {
    /// Gives what a command would change in the cluster, for its `--plan`, and tells how the process ends.
    func planned(_ changes: [Change], _ format: OutputFormat) -> ExitStatus {
        conclude(["changes": .sequence(changes.map(\.json))], text: changes.text(console.paint), format)
        return changes.isEmpty ? .done : .pending
    }
}

extension [Change] {
    /// The changes for a person; nothing is said too.
    func text(_ paint: Paint) -> String {
        isEmpty ? "nothing to change\n" : map { $0.text(paint) }.joined()
    }
}
