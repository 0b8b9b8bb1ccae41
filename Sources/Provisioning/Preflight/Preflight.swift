package import Inventory
package import Manifests
import YAML

/// What stands in the way, found before anything is changed: a pure function of inventory and facts.
package struct Preflight: Sendable {
    let cluster: Cluster
    let release: Release
    let facts: [String: HostFacts]
    /// Nanoseconds since 1970 on this machine while each host told its own, by host.
    let clocks: [String: Int]
    /// Whether it is about a cluster that gets a newer version.
    var isUpgrade = false
    var findings: [Finding] = []

    /// Checks a cluster.
    ///
    /// - Parameters:
    ///   - cluster: the inventory.
    ///   - release: the Kubernetes release.
    ///   - facts: what the hosts are, by name.
    ///   - clocks: this machine's time, nanoseconds since 1970, when each host's facts arrived.
    ///   - demand: what the learning platform asks of the nodes; nil where there is none, or none is applied.
    /// - Returns: all findings, errors first, then in order of hosts.
    package static func check(
        _ cluster: Cluster, _ release: Release, _ facts: [String: HostFacts], clocks: [String: Int] = [:],
        demand: Demand? = nil
    ) -> [Finding] {
        var preflight = Preflight(cluster: cluster, release: release, facts: facts, clocks: clocks)
        preflight.checkCluster()
        for host in cluster.hosts {
            guard let facts = facts[host.name] else { continue }
            preflight.checkMachine(host, facts)
            preflight.checkRoom(host, facts)
            preflight.checkNetwork(host, facts)
            preflight.checkMembership(host, facts)
            preflight.checkFirewall(host, facts)
            preflight.checkInstalled(host, facts)
            preflight.checkVersions(host, facts)
            preflight.checkOthers(host, facts)
            preflight.checkDisk(host, facts)
            preflight.checkStorage(host, facts)
        }
        preflight.checkTwins()
        preflight.checkClocks()
        if let demand { preflight.checkBudget(demand) }
        return preflight.findings.filter { $0.severity == .error }
            + preflight.findings.filter { $0.severity == .warning }
    }

    mutating func error(_ host: Host?, _ message: String, cure: String) {
        findings.append(Finding(.error, host: host?.name, message, cure: cure))
    }

    mutating func warning(_ host: Host?, _ message: String, cure: String) {
        findings.append(Finding(.warning, host: host?.name, message, cure: cure))
    }

    private mutating func checkMachine(_ host: Host, _ facts: HostFacts) {
        if !facts.hasApt {
            error(
                host, "\(facts.systemName.isEmpty ? "the system" : facts.systemName) has no apt",
                cure: "use Debian, Ubuntu or what derives from them")
        }
        if facts.initProcess != "systemd" {
            error(host, "process 1 is \(facts.initProcess), not systemd", cure: "boot the host with systemd")
        }
        if !["x86_64", "aarch64"].contains(facts.architecture) {
            error(
                host, "\(facts.architecture) is no architecture that Kubernetes has images for",
                cure: "use x86_64 or aarch64")
        }
        if host.role == .controlPlane, facts.processors < 2 {
            error(host, "\(facts.processors) processor; a control plane needs 2", cure: "give it another one")
        }
        let memory = facts.memoryKiB / 1024
        if host.role == .controlPlane, memory < 1700 {
            error(host, "\(memory) MiB of memory; a control plane needs 1700", cure: "give it more")
        } else if memory < 900 {
            warning(host, "\(memory) MiB of memory is little for a worker", cure: "give it 2 GiB or more")
        }
        if !facts.rebootPackages.isEmpty {
            warning(
                host, "a reboot is asked for by \(facts.rebootPackages.joined(separator: ", "))",
                cure: "reboot when it suits")
        }
        if !facts.aptLockHolders.isEmpty {
            warning(
                host, "apt is locked by process \(facts.aptLockHolders.joined(separator: ", "))",
                cure: "it is waited for up to ten minutes")
        }
    }
}
