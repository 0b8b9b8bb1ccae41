import Inventory
import YAML

/// A control plane that joins, as etcd sees it.
struct EtcdJoin: Sendable {
    /// The host.
    let host: Host
    /// Whether its member only follows until it has all data (kubeadm from 1.29).
    let asLearner: Bool
    /// Whether a join of it was cut off, so that a member of it may be there.
    let isUnfinished: Bool

    /// Why etcd cannot take it in now; nil when it can.
    func objection(of etcd: EtcdState) -> Finding? {
        let own = etcd.members.first { $0.name == host.name || $0.peer == "https://\(host.nodeAddress):2380" }
        let others = etcd.members.filter { $0 != own }
        if own != nil, !isUnfinished {
            return Finding(
                .error, host: host.name, "etcd has a member of it already, from before",
                cure: "take that one out first: `mooc-cluster node remove \(host.name)`")
        }
        let rest = EtcdState(members: others)
        if let silent = others.first(where: { !$0.isHealthy }) {
            let words = rest.quorum.words
            guard !silent.name.isEmpty else {
                return Finding(
                    .error, host: host.name,
                    "etcd's member at \(silent.peer) was announced and has not started (\(words))",
                    cure: "finish its join first: see `mooc-cluster etcd status`")
            }
            return Finding(
                .error, host: host.name, "etcd's member \(silent.name) does not answer (\(words))",
                cure: "bring \(silent.name) back, or take it out: `mooc-cluster node remove \(silent.name)`, "
                    + "with --dead where it is switched off for good")
        }
        // one alone cannot take in a second without waiting for it, and there is no other way to three
        guard rest.quorum.voting > 1 else { return nil }
        let change: Quorum.Change =
            own == nil
            ? .add(host.name, asLearner: asLearner) : .replace(host.name, asLearner: asLearner)
        let present = own.map { [EtcdMember(host.name, isVoting: !$0.isLearner, isHealthy: $0.isHealthy)] }
        return Quorum(rest.quorum.members + (present ?? [])).verdict(on: change).reason.map {
            Finding(.error, host: host.name, $0, cure: "see `mooc-cluster etcd status`")
        }
    }
}
