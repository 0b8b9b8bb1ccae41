import YAML

extension Departure {
    /// For what a node is left by its pods.
    package enum Purpose: Sendable, Hashable {
        /// It is drained, and stays in the cluster.
        case drain
        /// It goes for good.
        case removal
        /// It has gone already: it is dead.
        case burial
    }

    /// What a person has agreed to.
    package struct Consent: Sendable, Hashable {
        /// Volumes that are on the node alone may be lost.
        package var deletesData: Bool
        /// Pods may be left without a place.
        package var leavesPending: Bool

        /// Makes one.
        package init(deletesData: Bool = false, leavesPending: Bool = false) {
            self.deletesData = deletesData
            self.leavesPending = leavesPending
        }
    }

    /// What stands in the way of a purpose; with consent, what will be.
    func findings(for purpose: Purpose, _ consent: Consent) -> [Finding] {
        let homeless = moves.filter { $0.target == nil }.map { move -> Finding in
            let isAgreed = consent.leavesPending || (consent.deletesData && move.isBound)
            return Finding(
                purpose == .removal && !isAgreed ? .error : .warning, host: node,
                "there is no place for the pod \(move.pod): \(move.why)",
                cure: purpose == .removal && !isAgreed
                    ? "make room, or say that it may wait for a place: --leave-pending"
                    : "it waits until there is one")
        }
        let lost =
            purpose == .drain
            ? []
            : volumes.map { volume in
                Finding(
                    consent.deletesData ? .warning : .error, host: node,
                    "the volume \(volume.name) of the claim \(volume.claim) is on this node and on no other",
                    cure: consent.deletesData
                        ? "its folder stays on the host"
                        : "move its data and delete the claim, or give --delete-data: the cluster loses it, and its folder stays on the host"
                )
            }
        return lost + strangers(purpose) + (purpose == .burial ? [] : budgetFindings) + homeless
    }

    private func strangers(_ purpose: Purpose) -> [Finding] {
        unowned.map { pod in
            Finding(
                purpose == .burial ? .warning : .error, host: node,
                "nothing would start the pod \(pod) anew: it has no controller",
                cure: purpose == .burial ? "it is lost" : "delete it if it is not needed any more")
        }
    }

    /// The budgets that let no pod go now, in words.
    package var shutBudgets: [String] { budgets.filter { $0.allowed == 0 }.map(\.words) }

    /// Budgets that let no pod go: for good where they want as many pods as there are, else for now.
    private var budgetFindings: [Finding] {
        budgets.filter { $0.allowed == 0 }.map { budget in
            let isForGood = budget.wanted >= budget.expected
            let pods = budget.pods.joined(separator: ", ")
            return Finding(
                isForGood ? .error : .warning, host: node,
                "\(budget.words): \(pods)",
                cure: isForGood
                    ? "give what it is over more replicas, or relax it, or delete it"
                    : "it is waited until its other pods are well")
        }
    }
}
