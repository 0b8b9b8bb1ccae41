import Inventory
import YAML

extension UpgradePlan {
    /// What the versions say against it; errors refuse it.
    func findings(_ table: VersionTable) -> [Finding] {
        if let refusal = step(table) { return [refusal] }
        var findings = members.flatMap { self.findings(about: $0) }
        findings += absent.map {
            Finding(
                .warning, host: $0, "it is not in the cluster, and is left out",
                cure: "`mooc-cluster up` takes it in afterwards")
        }
        findings += strays.map { stray in
            guard let kubelet = stray.kubelet, let limit = skew(of: kubelet) else {
                return Finding(
                    .warning, host: stray.name, "the inventory does not name it, and it stays as it is",
                    cure: "write it into the inventory; the same command then upgrades it")
            }
            return Finding(
                .error, host: stray.name, "the inventory does not name it, and \(limit)",
                cure: "write it into the inventory, or take it out of the cluster")
        }
        return findings
    }

    /// What etcd says against it.
    static func findings(_ etcd: EtcdState?) -> [Finding] {
        guard let etcd else {
            return [
                Finding(
                    .error, host: nil, "etcd gives no list of its members",
                    cure: "see `mooc-cluster etcd status`")
            ]
        }
        let ill = etcd.members.filter { !$0.isHealthy || !$0.alarms.isEmpty }
        return ill.map { member in
            let alarms =
                member.alarms.isEmpty ? "does not answer" : "warns: " + member.alarms.joined(separator: ", ")
            return Finding(
                .error, host: member.name.isEmpty ? member.peer : member.name, "its member of etcd \(alarms)",
                cure: "see `mooc-cluster etcd status`, and mend that first")
        }
    }

    /// Why no cluster goes from the one version to the other in one step; nil when it does.
    ///
    /// Source: kubernetes.io, "Upgrading kubeadm clusters": minor versions cannot be skipped; no way leads back.
    private func step(_ table: VersionTable) -> Finding? {
        if to < from {
            return Finding(
                .error, host: nil, "the cluster runs Kubernetes \(from), and nothing takes it back to \(to)",
                cure: "write version: \"\(from)\", or a newer one")
        }
        guard to.major != from.major || to.minor > from.minor + 1 else { return nil }
        let minors = table.rows.map(\.row.patch).filter { $0.minor > from.minor && $0.minor < to.minor }
        let way = minors.map { "--to \($0.minorName)" }
        return Finding(
            .error, host: nil,
            "from Kubernetes \(from) to \(to) is more than one minor version, and none can be left out",
            cure: "first `mooc-cluster upgrade \(way.first ?? "")`"
                + way.dropFirst().map { ", then \($0)" }.joined() + ", then this one")
    }

    private func findings(about member: Member) -> [Finding] {
        func refuse(_ message: String, cure: String) -> Finding {
            Finding(.error, host: member.host.name, message, cure: cure)
        }
        var findings: [Finding] = []
        if !member.isReady, !isDone(member), !member.isHeld {
            findings.append(
                refuse("its node is not Ready", cure: "see `mooc-cluster status`; mend that first"))
        }
        guard let kubelet = member.kubelet else {
            return findings + [
                refuse("the cluster does not know its kubelet's version", cure: "look at the kubelet")
            ]
        }
        if kubelet > to {
            findings.append(
                refuse(
                    "its kubelet is \(kubelet), and none may be newer than the API server",
                    cure:
                        "take it out: `mooc-cluster node remove \(member.host.name)`; `up` takes it in as it should be"
                ))
        } else if let limit = skew(of: kubelet) {
            findings.append(
                refuse(
                    limit, cure: "finish the upgrade to \(from) first: `mooc-cluster upgrade --to \(from)`"))
        }
        if member.host.role == .controlPlane, !isNear(member.apiServer) {
            findings.append(
                refuse(
                    "its API server is \(member.apiServer.map { "\($0)" } ?? "not known"), and the cluster's record says \(from)",
                    cure: "finish the upgrade to \(from) first: `mooc-cluster upgrade --to \(from)`"))
        }
        return findings
    }

    /// Whether an API server is of the version before or of the one that is wanted.
    private func isNear(_ apiServer: KubernetesVersion?) -> Bool {
        guard let apiServer else { return false }
        return apiServer == from || apiServer == to
            || from == to && apiServer < to && to.minor <= apiServer.minor + 1
    }

    /// Why a kubelet would be too old for the new API server; nil when it would not.
    ///
    /// Source: kubernetes.io, "Version Skew Policy": up to three minor versions older, before 1.25 up to two.
    private func skew(of kubelet: KubernetesVersion) -> String? {
        let allowed = kubelet >= KubernetesVersion(1, 25, 0) ? 3 : 2
        guard to.minor - kubelet.minor > allowed else { return nil }
        return
            "its kubelet is \(kubelet), and an API server \(to) takes none that is more than \(allowed) minor versions older"
    }
}
