/// Whether etcd can decide: more than half of its voting members answer.
///
/// Source: etcd's design, "Failure modes" and "Runtime reconfiguration" (etcd.io).
package struct Quorum: Sendable, Hashable {
    /// All members.
    package let members: [EtcdMember]

    /// Takes the members as they are.
    package init(_ members: [EtcdMember]) { self.members = members }

    /// How many vote.
    package var voting: Int { members.count(where: \.isVoting) }
    /// How many vote and answer.
    package var healthy: Int { members.count { $0.isVoting && $0.isHealthy } }
    /// How many must answer.
    package var needed: Int { voting / 2 + 1 }
    /// Whether it can decide.
    package var isThere: Bool { healthy >= needed }
    /// How many more may fail before it cannot decide; negative when it cannot now.
    package var spare: Int { healthy - needed }

    /// The numbers in words.
    package var words: String {
        let members = voting == 1 ? "voting member" : "voting members"
        return "\(healthy) of \(voting) \(members) healthy, \(needed) needed"
    }
}
