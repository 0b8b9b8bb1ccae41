extension Quorum {
    /// A change of one member.
    package enum Change: Sendable, Hashable {
        /// A new one joins: as a learner until it has all data (kubeadm from 1.29), or with a vote from the first moment.
        case add(String, asLearner: Bool)
        /// One leaves.
        case remove(String)
        /// One is away for a moment, and comes back.
        case restart(String)
        /// One leaves, and then another joins under its name.
        case replace(String, asLearner: Bool)

        /// The member.
        var name: String {
            switch self {
            case .add(let name, _), .remove(let name), .restart(let name), .replace(let name, _): name
            }
        }
    }

    /// A moment of a change.
    package enum Moment: String, Sendable, Hashable { case before, during, after }

    /// What a change does to the quorum.
    package struct Verdict: Sendable, Hashable {
        /// The quorum at each moment, in order; several of a change that has several steps are `during`.
        package let stages: [Stage]
        /// Why it cannot be done, or what would be lost when; nil when etcd can decide all the time.
        package let reason: String?

        /// Whether etcd can decide before, during and after it.
        package var isKept: Bool { reason == nil }
    }

    /// The quorum at a moment of a change.
    package struct Stage: Sendable, Hashable {
        /// When.
        package let moment: Moment
        /// What then is.
        package let quorum: Quorum
    }

    /// Whether etcd keeps its quorum through a change.
    package func verdict(on change: Change) -> Verdict {
        if let refusal = refusal(of: change) { return Verdict(stages: [], reason: refusal) }
        let stages = [Stage(moment: .before, quorum: self)] + stages(of: change)
        guard let lost = stages.first(where: { !$0.quorum.isThere }) else {
            return Verdict(stages: stages, reason: nil)
        }
        let when =
            switch lost.moment {
            case .before: "etcd has no quorum now"
            case .during: "etcd would have no quorum while \(change.words)"
            case .after: "etcd would have no quorum after \(change.words)"
            }
        return Verdict(stages: stages, reason: "\(when): \(lost.quorum.words)")
    }

    /// Why a change makes no sense whatever is healthy; nil when it does.
    private func refusal(of change: Change) -> String? {
        let name = change.name
        let member = members.first { $0.name == name }
        let learner = members.first { !$0.isVoting && $0.name != name }
        switch change {
        case .add(_, let asLearner):
            if member != nil { return "\(name) is a member of etcd already" }
            // etcd refuses a second one by default (--max-learners)
            if asLearner, let learner {
                return "\(learner.name) is a learner still, and etcd takes one at a time"
            }
        case .remove, .restart, .replace:
            guard let member else { return "etcd has no member \(name)" }
            if case .restart = change { return nil }
            if member.isVoting, voting == 1 { return "\(name) is the last voting member of etcd" }
            if case .replace(_, asLearner: true) = change, let learner {
                return "\(learner.name) is a learner still, and etcd takes one at a time"
            }
        }
        return nil
    }

    /// The moments after the first.
    private func stages(of change: Change) -> [Stage] {
        switch change {
        case .add(let name, let asLearner): additions(of: name, asLearner)
        case .remove(let name): [Stage(moment: .after, quorum: without(name))]
        case .restart(let name):
            [
                Stage(
                    moment: .during, quorum: with(name) { EtcdMember(name, isVoting: $0, isHealthy: false) }),
                Stage(moment: .after, quorum: self),
            ]
        case .replace(let name, let asLearner):
            [Stage(moment: .during, quorum: without(name))] + without(name).additions(of: name, asLearner)
        }
    }

    /// A member that joins has not started when it is announced, and only a learner does without a vote then.
    private func additions(of name: String, _ asLearner: Bool) -> [Stage] {
        let announced = EtcdMember(name, isVoting: !asLearner, isHealthy: false)
        return [
            Stage(moment: .during, quorum: Quorum(members + [announced])),
            Stage(moment: .after, quorum: Quorum(members + [EtcdMember(name)])),
        ]
    }

    private func without(_ name: String) -> Quorum { Quorum(members.filter { $0.name != name }) }

    private func with(_ name: String, _ change: (_ isVoting: Bool) -> EtcdMember) -> Quorum {
        Quorum(members.map { $0.name == name ? change($0.isVoting) : $0 })
    }
}

extension Quorum.Change {
    /// What goes on, in words that follow `while` or `after`.
    fileprivate var words: String {
        switch self {
        case .add(let name, _): "\(name) joins"
        case .remove(let name): "\(name) leaves"
        case .restart(let name): "\(name) restarts"
        case .replace(let name, _): "\(name) is replaced"
        }
    }
}
