/// One member of etcd, as far as its quorum goes.
package struct EtcdMember: Sendable, Hashable {
    /// Its name: the host's, as kubeadm gives it.
    package let name: String
    /// Whether it votes; a learner only follows.
    package let isVoting: Bool
    /// Whether it answers.
    package let isHealthy: Bool

    /// Makes a member.
    package init(_ name: String, isVoting: Bool = true, isHealthy: Bool = true) {
        self.name = name
        self.isVoting = isVoting
        self.isHealthy = isHealthy
    }
}
