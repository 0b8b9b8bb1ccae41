import Playbook
import YAML

@testable import Inventory
@testable import Provisioning

/// Clusters, facts and tables that tests start from.
enum Sample {
    /// The version table of the repository.
    static func table() throws -> VersionTable {
        let diagnostics = Diagnostics()
        let table = VersionTable.read(try file("playbooks/versions.yml"), file: "versions.yml", diagnostics)
        guard let table else { throw InvalidInput(diagnostics.sorted) }
        return table
    }

    /// A release by what an inventory may say.
    static func release(_ version: String?) throws -> Release {
        let diagnostics = Diagnostics()
        guard let release = try table().release(version, at: nil, diagnostics) else {
            throw InvalidInput(diagnostics.sorted)
        }
        return release
    }

    /// A network that is written down in a test.
    static func network(_ text: String) -> CIDR {
        guard let network = CIDR(text) else { preconditionFailure("\(text) is no network") }
        return network
    }

    /// A host, by default a worker that is reached without SSH.
    static func host(_ name: String, _ address: String, _ role: Role = .worker) -> Host {
        Host(
            name: name, address: address, privateAddress: nil, role: role, labels: [], taints: [],
            connection: .local, staticAddress: nil, mark: nil)
    }

    /// One or more control planes and workers in 192.0.2.0/24.
    static func cluster(planes: Int = 1, workers: Int = 2, version: String? = nil) -> Cluster {
        var hosts: [Host] = []
        for number in 0..<planes {
            hosts.append(host("c\(number + 1)", "192.0.2.\(number + 11)", .controlPlane))
        }
        for number in 0..<workers { hosts.append(host("w\(number + 1)", "192.0.2.\(number + 101)")) }
        let kubernetes = Kubernetes(
            version: version, versionMark: nil, runtime: .containerd, podNetwork: nil,
            serviceNetwork: Sample.network("10.96.0.0/12"), nodeCIDRMask: nil, networkPlugin: .calico,
            imageRepository: nil,
            controlPlaneEndpoint: nil, certificateNames: [])
        return Cluster(
            name: "test", file: "inventory.yml", kubernetes: kubernetes,
            mirrors: Mirrors(kubernetes: nil, registries: [], proxy: nil, noProxy: []), hosts: hosts,
            applications: [])
    }

    /// Facts of a fresh Debian server that nothing is wrong with.
    static func facts(_ host: Host) -> HostFacts {
        var facts = HostFacts()
        facts.system = "debian"
        facts.systemName = "Debian GNU/Linux 12 (bookworm)"
        facts.architecture = "x86_64"
        facts.processors = 4
        facts.memoryKiB = 8_000_000
        facts.hasUnifiedGroups = true
        facts.initProcess = "systemd"
        facts.hostname = host.name
        facts.machineID = "id of \(host.name)"
        facts.productUUID = "uuid of \(host.name)"
        facts.hasApt = true
        for path in ["/", "/var/lib/containerd", "/var/lib/kubelet", "/var/lib/etcd"] {
            facts.disks.append(
                HostFacts.Disk(path: path, freeKiB: 50_000_000, freeInodes: 1_000_000, options: ["rw"]))
        }
        let last = host.address.split(separator: ".").last ?? ""
        facts.links = [HostFacts.Link(name: "eth0", mtu: 1500, hardwareAddress: "02:00:00:00:00:\(last)")]
        facts.addresses = [
            ("lo", Sample.network("127.0.0.1/8")), ("eth0", Sample.network("\(host.address)/24")),
        ]
        facts.routes = [
            HostFacts.Route(network: nil, link: "eth0", isOnLink: false),
            HostFacts.Route(network: CIDR("192.0.2.0/24"), link: "eth0", isOnLink: true),
        ]
        facts.nameservers = ["192.0.2.1"]
        return facts
    }

    /// Facts of all hosts of a cluster.
    static func facts(_ cluster: Cluster) -> [String: HostFacts] {
        Dictionary(uniqueKeysWithValues: cluster.hosts.map { ($0.name, facts($0)) })
    }

    /// A situation before anything was done.
    static func situation(_ cluster: Cluster, facts: [String: HostFacts]? = nil) throws -> Situation {
        Situation(
            cluster: cluster, release: try release(cluster.kubernetes.version),
            facts: facts ?? self.facts(cluster),
            podNetwork: Sample.network("10.244.0.0/16"), networkManifest: nil)
    }
}
