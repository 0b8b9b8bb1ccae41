/// One thing that was tried on the cluster, and how it went.
package struct ProofCheck: Sendable, Hashable {
    /// What was tried.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Every node is Ready.
        case nodes
        /// A pod of the proof runs on the node.
        case pod
        /// The pod there gets an answer from the cluster's DNS.
        case dns
        /// The pod there gets an answer from the pod on every other node.
        case pods
        /// The pod there gets an answer from a Service.
        case service
        /// What was written to a claim was read back by another pod.
        case claim
        /// A workload is rolled out.
        case workload
        /// A workload's health page answers through its Service.
        case health
    }

    /// What was tried.
    package var kind: Kind
    /// Where or with what: a node, a workload.
    package var subject: String
    /// Why it failed; nil when it went well.
    package var failure: String?

    /// Makes the outcome of one try.
    package init(_ kind: Kind, _ subject: String, failure: String? = nil) {
        self.kind = kind
        self.subject = subject
        self.failure = failure
    }
}

/// Everything that was tried.
package struct ProofReport: Sendable {
    /// The outcomes, in order.
    package var checks: [ProofCheck]

    /// Whether the cluster is proven.
    package var isProven: Bool { !checks.isEmpty && checks.allSatisfy { $0.failure == nil } }
}
