import YAML

extension KeptPlan {
    /// Something that is not any more as it was when the plan was made.
    struct Drift {
        /// The host; nil for the application.
        let host: String?
        /// The file on it; nil where it is about none, or none that is known.
        let file: String?
        /// What has changed, in a sentence that names both.
        let message: String
    }

    /// What a plan that was made now has otherwise.
    func drift(to now: KeptPlan) -> [Drift] {
        var drift: [Drift] = []
        for step in steps {
            let present = now.steps.first { $0.isSame(as: step) }
            if let present, present.diff != step.diff {
                drift.append(Self.about(present, "would change otherwise than planned"))
            } else if present == nil {
                drift.append(Self.about(step, "is right already, and was to be changed"))
            }
        }
        for step in now.steps where !steps.contains(where: { $0.isSame(as: step) }) {
            drift.append(Self.about(step, "would change too, and was right when the plan was made"))
        }
        let (old, new) = (objects ?? [:], now.objects ?? [:])
        for name in Set(old.keys).union(new.keys).sorted() where old[name] != new[name] {
            drift.append(Drift(host: nil, file: nil, message: "\(name) in the cluster is not as it was"))
        }
        return drift
    }

    private static func about(_ step: Step, _ words: String) -> Drift {
        let file = step.file.map { " (\($0))" } ?? ""
        return Drift(
            host: step.host, file: step.file,
            message: "\(step.host), phase \(step.phase): '\(step.step)'\(file) \(words)")
    }
}

extension KeptPlan.Step {
    fileprivate func isSame(as other: KeptPlan.Step) -> Bool {
        (host, phase, step) == (other.host, other.phase, other.step)
    }
}
