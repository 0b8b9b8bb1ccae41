package import Inventory
package import YAML

extension Preflight {
    /// What the version table alone says against an inventory, for who has looked at no host.
    ///
    /// - Returns: what was found, at the inventory's version.
    package static func check(_ cluster: Cluster, against release: Release) -> [Diagnostic] {
        var preflight = Preflight(cluster: cluster, release: release, facts: [:], clocks: [:])
        preflight.checkRelease()
        return preflight.findings.map {
            Diagnostic($0.severity, at: cluster.kubernetes.versionMark, $0.message, cure: $0.cure)
        }
    }

    /// What the version table says against an upgrade of hosts.
    ///
    /// - Returns: what was found, on hosts of which something is known.
    static func check(upgradeOf cluster: Cluster, to release: Release, _ facts: [String: HostFacts])
        -> [Finding]
    {
        var preflight = Preflight(cluster: cluster, release: release, facts: facts, clocks: [:])
        preflight.isUpgrade = true
        preflight.checkRelease()
        for host in cluster.hosts {
            if let own = facts[host.name] { preflight.checkVersions(host, own) }
        }
        return preflight.findings
    }

    /// What goes with the Kubernetes version, by the version table alone.
    mutating func checkRelease() {
        let kubernetes = cluster.kubernetes
        if kubernetes.runtime == .docker, !release.row.docker {
            error(
                nil, "Kubernetes \(release.version) does not take Docker any more (\(row("docker: false")))",
                cure: "set kubernetes.runtime: containerd\(nearest)")
        }
        if cluster.mirrors.kubernetes == nil, !release.row.packages {
            error(
                nil,
                "there is no public package repository of Kubernetes \(release.version.minorName) any more"
                    + " (\(row("packages: false")))",
                cure: "set mirrors.kubernetes to one that has it\(nearest)")
        }
        if kubernetes.networkPlugin == .calico, release.row.calico == nil {
            error(
                nil,
                "no release of Calico that is pinned here goes with Kubernetes \(release.version.minorName)"
                    + " (\(row("no calico")))",
                cure: "set kubernetes.cni to a manifest that goes with it, or to flannel\(nearest)")
        }
        if kubernetes.networkPlugin == .calico, let calico = release.row.calico, !release.row.calicoIsTested {
            warning(
                nil,
                "Calico \(calico) was not tested by its makers with Kubernetes \(release.version.minorName)",
                cure: "set kubernetes.cni to a manifest that was, or take an older minor version")
        }
    }

    /// What the host has against what the version table asks for.
    mutating func checkVersions(_ host: Host, _ facts: HostFacts) {
        let row = release.row
        let minor = release.version.minorName
        if let needed = row.kernel, let kernel = DottedNumber(facts.kernel),
            let lowest = DottedNumber(needed),
            kernel < lowest
        {
            error(
                host, "the kernel is \(facts.kernel); Kubernetes \(minor) needs \(needed)",
                cure: "install a newer one\(nearest)")
        }
        if row.needsUnifiedGroups, !facts.hasUnifiedGroups {
            // a cluster is told so when it is founded
            findings.append(
                Finding(
                    isUpgrade ? .error : .warning, host: host.name,
                    "control groups are of version 1, which Kubernetes \(minor) takes only when told to",
                    cure: "boot with systemd.unified_cgroup_hierarchy=1"))
        }
        if cluster.kubernetes.runtime == .containerd, let there = facts.containerd,
            !row.takes(containerd: there)
        {
            let below = row.containerdBelow.map { " and below \($0)" } ?? ""
            warning(
                host,
                "containerd \(there) is installed; Kubernetes \(minor) wants \(row.containerd) or newer\(below)",
                cure: isUpgrade
                    ? "another one takes its place while the node is drained"
                    : "`up` puts another one in its place, and its containers start anew")
        }
    }

    /// What excludes a choice: a row of the table, and what it says.
    private func row(_ what: String) -> String {
        "versions.yml, row \"\(release.version.minorName)\": \(what)"
    }

    /// The nearest version that goes with all the rest of the inventory and with every host's kernel, in words for a cure.
    private var nearest: String {
        let kernels = facts.values.compactMap { DottedNumber($0.kernel) }
        let kubernetes = cluster.kubernetes
        let minor = release.table.nearest(to: release.version) { row in
            (kubernetes.runtime != .docker || row.docker)
                && (cluster.mirrors.kubernetes != nil || row.packages)
                && (kubernetes.networkPlugin != .calico || row.calico != nil)
                && kernels.allSatisfy { !row.needs(newerKernelThan: $0) }
        }
        return minor.map { ", or take version: \"\($0)\", the nearest that goes with the rest" } ?? ""
    }
}
