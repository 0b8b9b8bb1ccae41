import Foundation
import Testing

/// The steps that power cuts are asked for at, by `MOOC_CLUSTER_FAULT`.
enum AskedSteps {
    /// None; all of them; or one, as `NODE: PHASE: STEP`.
    case none, all
    case one(String)

    /// What the environment asks for.
    static let here: AskedSteps = {
        let text = ProcessInfo.processInfo.environment["MOOC_CLUSTER_FAULT"] ?? ""
        if text == "all" { return .all }
        return text.hasPrefix("step ") ? .one(String(text.dropFirst("step ".count))) : .none
    }()

    /// Whether any is.
    var isAny: Bool { if case .none = self { false } else { true } }

    /// Whether a step is among them.
    func contain(_ step: String) -> Bool {
        switch self {
        case .none: false
        case .all: true
        case .one(let one): one == step
        }
    }
}

extension Trait where Self == ConditionTrait {
    /// Runs a suite where `make fault` asks for it.
    static var fault: Self { .enabled("`make fault` runs it") { AskedSteps.here.isAny } }
}
