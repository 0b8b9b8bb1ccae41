import Manifests
import Provisioning
import YAML

/// What `volume move` is about to do.
struct MoveIntent {
    private let plan: VolumeMove.Plan
    private let target: String
    private let used: [VolumeStatus: Int]

    /// Asks the nodes how much there is to copy.
    init(_ plan: VolumeMove.Plan, to target: String, _ operation: Operation) async {
        self.plan = plan
        self.target = target
        let volumes = plan.deeds.compactMap(\.deed.copied)
        used = await operation.used(by: volumes, parallel: max(1, volumes.count))
    }

    /// A line for each claim, and what is away meanwhile; empty where nothing is left to do.
    var lines: [String] {
        let deeds = plan.deeds.map { claim, deed in
            switch deed {
            case .copy(let volume):
                let place = "\(volume.nodes.joined()):\(volume.folder ?? "")"
                let size = used[volume].map { " (\(Bytes.megabytes($0)))" } ?? ""
                return "\(claim) is copied from \(place)\(size) to \(target), and bound there"
            case .bind: return "\(claim) is bound on \(target), where its copy is already"
            case .rename(let node):
                return "\(claim) is on \(target); its old folder on \(node) gets another name"
            }
        }
        guard !plan.stopped.isEmpty else { return deeds }
        return deeds + ["meanwhile away: \(plan.stopped.map { "\($0)" }.joined(separator: ", "))"]
    }

    /// For a person.
    var text: String { lines.isEmpty ? "nothing to change\n" : lines.map { $0 + "\n" }.joined() }

    /// For scripts.
    var json: Node {
        let changes = plan.deeds.map { claim, deed -> Node in
            [
                "claim": .string(claim), "deed": .string(deed.name),
                "bytes": deed.copied.flatMap { used[$0] }.map { .int($0) } ?? .null,
            ]
        }
        return [
            "node": .string(target), "changes": .sequence(changes),
            "stopped": .sequence(plan.stopped.map { .string("\($0)") }),
        ]
    }
}

extension VolumeMove.Plan.Deed {
    /// The volume that is copied.
    fileprivate var copied: VolumeStatus? {
        if case .copy(let volume) = self { volume } else { nil }
    }

    /// The name in results.
    fileprivate var name: String {
        switch self {
        case .copy: "copy"
        case .bind: "bind"
        case .rename: "rename"
        }
    }
}
