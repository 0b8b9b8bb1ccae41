package import Inventory

/// What one host is: the registered values of `playbooks/facts.yml`, typed.
package struct HostFacts: Sendable {
    /// Room on the file system that holds a folder.
    package struct Disk: Sendable, Hashable {
        /// The folder that will be written.
        package var path: String
        /// Free KiB.
        package var freeKiB: Int
        /// Free inodes; nil where the file system does not count them.
        package var freeInodes: Int?
        /// Mount options.
        package var options: [String]
    }

    /// A network link.
    package struct Link: Sendable, Hashable {
        /// Its name.
        package var name: String
        /// Largest packet, in bytes.
        package var mtu: Int
        /// Hardware address.
        package var hardwareAddress: String
    }

    /// A route of the main table.
    package struct Route: Sendable, Hashable {
        /// Where it leads to; nil for the default route.
        package var network: CIDR?
        /// The link it goes out of.
        package var link: String
        /// Whether it goes straight to the link, without a gateway.
        package var isOnLink: Bool
    }

    /// A firewall that drops what it is not told to let in.
    package struct Firewall: Sendable, Hashable {
        /// Its name: `ufw`.
        package var name: String
        /// The TCP ports that it is seen to let in.
        package var ports: [ClosedRange<Int>]
    }

    /// Identifier of the distribution: `debian`.
    package var system = ""
    /// Its name for people: `Debian GNU/Linux 12 (bookworm)`.
    package var systemName = ""
    /// Identifiers of the distributions that it derives from.
    package var systemLike: [String] = []
    /// Machine architecture as `uname -m` has it.
    package var architecture = ""
    /// Kernel release.
    package var kernel = ""
    /// Processors.
    package var processors = 0
    /// Memory, KiB.
    package var memoryKiB = 0
    /// Whether control groups are version 2.
    package var hasUnifiedGroups = false
    /// Name of process 1.
    package var initProcess = ""
    /// Kind of container that the host is; nil for a machine.
    package var container: String?
    /// Host name of now.
    package var hostname = ""
    /// /etc/machine-id.
    package var machineID = ""
    /// The kernel's own identifier of this boot.
    package var bootID = ""
    /// The product's UUID of the firmware; empty where it has none.
    package var productUUID = ""
    /// Room on disks.
    package var disks: [Disk] = []
    /// Network links that are no pod's.
    package var links: [Link] = []
    /// IPv4 addresses with their links.
    package var addresses: [(link: String, address: CIDR)] = []
    /// What became of a static address that was given and not confirmed, and why; nil where there was none.
    package var addressTakenBack: String?
    /// Routes of the main table.
    package var routes: [Route] = []
    /// Nanoseconds since 1970 on the host, when it was asked; nil where its `date` has none.
    package var clock: Int?
    /// Whether the clock is kept in step; nil where the host cannot tell.
    package var isTimeSynchronised: Bool?
    /// What swaps, as /proc/swaps has it.
    package var swaps: [String] = []
    /// Processes that hold a lock of apt: number and name.
    package var aptLockHolders: [String] = []
    /// Whether the host has apt.
    package var hasApt = false
    /// Packages that ask for a reboot.
    package var rebootPackages: [String] = []
    /// Name servers of the file that pods inherit.
    package var nameservers: [String] = []
    /// Name servers behind systemd-resolved.
    package var upstreamNameservers: [String] = []
    /// TCP ports that something listens on.
    package var ports: Set<Int> = []
    /// The firewall that is active; nil where there is none.
    package var firewall: Firewall?
    /// Whether the kernel can mount folders of an NFS server.
    package var mountsNFS = false
    /// Version of containerd; nil where there is none.
    package var containerd: String?
    /// Version of Docker; nil where there is none.
    package var docker: String?
    /// Version of kubeadm; nil where there is none.
    package var kubeadm: KubernetesVersion?
    /// Version of the kubelet; nil where there is none.
    package var kubelet: KubernetesVersion?
    /// Version of the package kubectl; nil where it is not installed.
    package var kubectl: KubernetesVersion?
    /// Version of the API server that is set up on it; nil where there is none.
    package var apiServer: KubernetesVersion?
    /// Other makes of Kubernetes that are set up on it: `k3s`.
    package var otherKubernetes: [String] = []
    /// Microseconds in which 99 of 100 small writes to etcd's disk are on it; nil where nobody measured.
    package var diskSync: Int?
    /// Whether the host has joined a cluster.
    package var hasJoined = false
    /// Whether an API server is set up on it.
    package var isControlPlane = false
    /// Whether a join or an initialisation was cut off on it.
    package var isUnfinished = false
    /// Whether our own proxy to the API servers runs on it.
    package var hasNodeProxy = false
    /// Whether our own kube-vip is set up on it.
    package var hasKubeVIP = false
    /// How it was seen that somebody else has the control planes' common address; nil where nobody has, or none was asked.
    package var virtualAddressTaken: String?
    /// Nodes that the cluster of this control plane knows; nil where it is none, or does not answer.
    package var nodes: [String]?
    /// Versions of these nodes' kubelets, as the cluster has them.
    package var nodeVersions: [String: KubernetesVersion] = [:]
    /// Those of these nodes that an upgrade has taken out of service and not given back yet.
    package var heldNodes: Set<String> = []
    /// Version of the cluster that this control plane governs.
    package var clusterVersion: KubernetesVersion?
    /// Name or address under which that cluster was told to reach its control planes, mostly with a port.
    package var clusterEndpoint: String?
    /// Pod network of that cluster.
    package var clusterPodNetwork: CIDR?
    /// Service network of that cluster.
    package var clusterServiceNetwork: CIDR?

    /// Makes facts that know nothing.
    package init() {}

    /// Whether the file that pods inherit names this host itself, so that cluster DNS would ask itself; one such
    /// server among others is enough, since CoreDNS asks them in random order and ends at the first loop.
    package var resolverLoops: Bool {
        nameservers.contains { $0.hasPrefix("127.") || $0 == "::1" }
    }

    /// Hardware addresses of its links, where they have some.
    package var hardwareAddresses: [String] {
        links.map(\.hardwareAddress).filter { $0 != "00:00:00:00:00:00" && !$0.isEmpty }
    }
}
