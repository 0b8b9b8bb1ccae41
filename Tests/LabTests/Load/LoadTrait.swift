import Foundation
import Testing

extension Trait where Self == ConditionTrait {
    /// Runs a suite where `make load` asks for it.
    static var load: Self { .enabled("`make load` runs it") { LabNode.underLoad.count == 2 } }
}

extension LabNode {
    /// The two nodes that `make load` names in `MOOC_CLUSTER_LOAD`: a control plane and a worker.
    static let underLoad = (ProcessInfo.processInfo.environment["MOOC_CLUSTER_LOAD"] ?? "").split(
        separator: " "
    )
    .compactMap { Int($0.drop { !$0.isNumber }) }.map { LabNode($0) }
}
