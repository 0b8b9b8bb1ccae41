import Inventory

extension Preflight {
    /// Whether another Kubernetes is set up on the host, which would fight for ports, iptables and cgroups.
    mutating func checkOthers(_ host: Host, _ facts: HostFacts) {
        let cures = [
            "k3s": "k3s-uninstall.sh or k3s-agent-uninstall.sh", "rke2": "rke2-uninstall.sh",
            "k0s": "k0s stop && k0s reset", "microk8s": "snap remove --purge microk8s",
        ]
        for name in facts.otherKubernetes {
            error(
                host, "\(name) is set up on the host, another Kubernetes",
                cure: "take it off: \(cures[name] ?? "as its makers say")")
        }
    }

    /// Whether pods of the host can have their volumes, where these are folders of a server.
    mutating func checkStorage(_ host: Host, _ facts: HostFacts) {
        guard !facts.mountsNFS, cluster.applications.contains(where: { $0.storage.server != nil }) else {
            return
        }
        error(
            host, "the kernel \(facts.kernel) cannot mount NFS, where volumes are to be",
            cure:
                "install its modules (linux-modules-extra of Ubuntu's clouds, linux-image-amd64 of Debian's),"
                + " or take another 'storage'")
    }

    /// Whether etcd's disk is fast enough: its makers ask for 10 ms at the 99th percentile (etcd.io, Hardware, Disks).
    mutating func checkDisk(_ host: Host, _ facts: HostFacts) {
        guard host.role == .controlPlane, let microseconds = facts.diskSync, microseconds >= 10_000 else {
            return
        }
        warning(
            host,
            "a write that is synced takes \(microseconds / 1000) ms on etcd's disk (99th percentile); etcd wants less than 10",
            cure: "put /var/lib/etcd on a faster disk, an SSD of its own at best")
    }
}
