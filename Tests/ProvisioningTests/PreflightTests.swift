import Testing
import YAML

@testable import Inventory
@testable import Provisioning

struct PreflightTests {
    /// One thing that is wrong, and words of what is said of it.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let severity: Diagnostic.Severity?
        let words: String
        var host = "w1"
        /// One that its Calico was tested with.
        var version: String? = "1.36"
        let change: @Sendable (inout Cluster, inout HostFacts) -> Void
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "nothing", severity: nil, words: "") { _, _ in },
        Case(name: "no apt", severity: .error, words: "no apt") { _, facts in facts.hasApt = false },
        Case(name: "no systemd", severity: .error, words: "process 1 is init") { _, facts in
            facts.initProcess = "init"
        },
        Case(name: "architecture", severity: .error, words: "riscv64") { _, facts in
            facts.architecture = "riscv64"
        },
        Case(name: "processors", severity: .error, words: "needs 2", host: "c1") { _, facts in
            facts.processors = 1
        },
        Case(name: "memory of a control plane", severity: .error, words: "1700", host: "c1") { _, facts in
            facts.memoryKiB = 1_000_000
        },
        Case(name: "memory of a worker", severity: .warning, words: "little") { _, facts in
            facts.memoryKiB = 800_000
        },
        Case(name: "old control groups", severity: .warning, words: "version 1") { _, facts in
            facts.hasUnifiedGroups = false
        },
        Case(name: "reboot", severity: .warning, words: "linux-base") { _, facts in
            facts.rebootPackages = ["linux-base"]
        },
        Case(name: "apt lock", severity: .warning, words: "417 unattended-upgr") { _, facts in
            facts.aptLockHolders = ["417 unattended-upgr"]
        },
        Case(name: "full disk", severity: .error, words: "97 MiB free for /var/lib/containerd") { _, facts in
            facts.disks[1].freeKiB = 100_000
        },
        Case(name: "inodes", severity: .error, words: "17 inodes") { _, facts in
            facts.disks[1].freeInodes = 17
        },
        Case(name: "noexec", severity: .error, words: "noexec") { _, facts in
            facts.disks[1].options = ["rw", "noexec"]
        },
        Case(name: "read-only", severity: .error, words: "read-only") { _, facts in
            facts.disks[1].options = ["ro"]
        },
        Case(name: "another address", severity: .error, words: "is no address of this host") { _, facts in
            facts.addresses[1].address = Sample.network("192.0.2.77/24")
        },
        Case(name: "no default route", severity: .warning, words: "no default route") { _, facts in
            facts.routes.removeFirst()
        },
        Case(name: "resolver loop", severity: .warning, words: "cluster DNS would ask itself") { _, facts in
            facts.nameservers = ["127.0.0.53"]
        },
        Case(name: "port", severity: .error, words: "port 10250 is taken") { _, facts in facts.ports = [10250]
        },
        Case(name: "port of a control plane", severity: .error, words: "port 2379", host: "c1") { _, facts in
            facts.ports = [2379]
        },
        Case(name: "port of a member", severity: nil, words: "") { cluster, facts in
            facts.ports = [10250]
            facts.hasJoined = true
            cluster.hosts[1].role = .worker
        },
        Case(name: "pod network routed", severity: .error, words: "overlaps the route to 10.9.1.0/24") {
            cluster, facts in
            cluster.kubernetes.podNetwork = Sample.network("10.9.0.0/16")
            facts.routes.append(HostFacts.Route(network: CIDR("10.9.1.0/24"), link: "eth1", isOnLink: true))
        },
        Case(name: "pod network in a wider one", severity: .warning, words: "lies inside 192.0.2.0/24") {
            cluster, _ in
            cluster.kubernetes.podNetwork = Sample.network("192.0.2.128/26")
        },
        Case(name: "host in the pod network", severity: .error, words: "holds the host's own address") {
            cluster, _ in
            cluster.kubernetes.podNetwork = Sample.network("192.0.2.96/27")
        },
        Case(name: "control plane called worker", severity: .error, words: "calls it a worker") { _, facts in
            facts.hasJoined = true
            facts.isControlPlane = true
        },
        Case(
            name: "worker called control plane", severity: .error, words: "worker of some cluster", host: "c1"
        ) { _, facts in
            facts.hasJoined = true
        },
        Case(name: "other cluster version", severity: .error, words: "runs Kubernetes 1.20.2", host: "c1") {
            _, facts in
            facts.hasJoined = true
            facts.isControlPlane = true
            facts.nodes = ["c1"]
            facts.clusterVersion = KubernetesVersion(1, 20, 2)
        },
        Case(
            name: "an older kubelet", severity: .error, words: "to Kubernetes 1.36.4 is not finished on w1",
            host: "c1"
        ) {
            _, facts in
            facts.hasJoined = true
            facts.isControlPlane = true
            facts.nodes = ["c1", "w1"]
            facts.clusterVersion = KubernetesVersion(1, 36, 4)
            facts.nodeVersions = ["c1": KubernetesVersion(1, 36, 4), "w1": KubernetesVersion(1, 35, 0)]
        },
        Case(name: "a node that is held", severity: .error, words: "is not finished on w1", host: "c1") {
            _, facts in
            facts.hasJoined = true
            facts.isControlPlane = true
            facts.nodes = ["c1", "w1"]
            facts.clusterVersion = KubernetesVersion(1, 36, 4)
            facts.heldNodes = ["w1"]
        },
        Case(name: "an older API server", severity: .error, words: "is not finished on c1", host: "c1") {
            _, facts in
            facts.hasJoined = true
            facts.isControlPlane = true
            facts.nodes = ["c1"]
            facts.clusterVersion = KubernetesVersion(1, 36, 4)
            facts.apiServer = KubernetesVersion(1, 35, 0)
        },
        Case(
            name: "firewall", severity: .warning,
            words: "ufw is active, and is not seen to let in TCP 10250, 179"
        ) {
            _, facts in
            facts.firewall = HostFacts.Firewall(name: "ufw", ports: [22...22])
        },
        Case(
            name: "firewall of a control plane", severity: .warning, words: "let in TCP 10250, 6443",
            host: "c1"
        ) { _, facts in
            facts.firewall = HostFacts.Firewall(name: "nftables", ports: [179...179, 2379...2380])
        },
        Case(name: "firewall that lets nodes in", severity: nil, words: "") { _, facts in
            facts.firewall = HostFacts.Firewall(name: "ufw", ports: [100...200, 10250...10250])
        },
        Case(name: "firewall of a member", severity: nil, words: "") { cluster, facts in
            facts.firewall = HostFacts.Firewall(name: "ufw", ports: [])
            facts.hasJoined = true
            cluster.hosts[1].role = .worker
        },
        Case(
            name: "newer kubelet", severity: .error,
            words: "kubelet 1.37.0 is installed, newer than the 1.36."
        ) {
            _, facts in
            facts.kubeadm = KubernetesVersion(1, 20, 0)
            facts.kubelet = KubernetesVersion(1, 37, 0)
        },
        Case(name: "newer kubectl", severity: .error, words: "kubectl 1.36.29 is installed, newer than") {
            _, facts in
            facts.kubectl = KubernetesVersion(1, 36, 29)
        },
        Case(name: "older kubelet", severity: nil, words: "") { _, facts in
            facts.kubelet = KubernetesVersion(1, 36, 0)
        },
        Case(name: "public pods", severity: .warning, words: "podNetwork 203.0.0.0/16 is public") {
            cluster, _ in
            cluster.kubernetes.podNetwork = Sample.network("203.0.0.0/16")
        },
        Case(
            name: "old kernel", severity: .error,
            words: "the kernel is 4.18.0-80.el8; Kubernetes 1.36 needs 4.19"
        ) { _, facts in
            facts.kernel = "4.18.0-80.el8"
        },
        Case(name: "kernel that will do", severity: nil, words: "") { _, facts in
            facts.kernel = "4.19.0-1-amd64"
        },
        Case(
            name: "old containerd", severity: .warning,
            words: "containerd 1.7.24~ds1 is installed; Kubernetes 1.36"
        ) { _, facts in
            facts.containerd = "1.7.24~ds1"
        },
        Case(name: "containerd", severity: nil, words: "") { _, facts in facts.containerd = "2.1.3" },
        Case(name: "another Kubernetes", severity: .error, words: "k3s is set up on the host") { _, facts in
            facts.otherKubernetes = ["k3s"]
        },
        Case(name: "slow disk of etcd", severity: .warning, words: "takes 14 ms on etcd's disk", host: "c1") {
            _, facts in
            facts.diskSync = 14_200
        },
        Case(name: "fast disk of etcd", severity: nil, words: "", host: "c1") { _, facts in
            facts.diskSync = 9_999
        },
        Case(name: "another host's address", severity: .error, words: "it has 192.0.2.11, the address of c1")
        {
            _, facts in
            facts.addresses.append(("eth1", Sample.network("192.0.2.11/24")))
        },
        Case(name: "docker too new", severity: .error, words: "does not take Docker") { cluster, _ in
            cluster.kubernetes.runtime = .docker
        },
        Case(name: "no repository", severity: .error, words: "no public package repository", version: "1.22")
        { _, _ in },
        Case(name: "untested Calico", severity: .warning, words: "was not tested", version: "1.37") {
            _, _ in
        },
        Case(name: "stray node", severity: .warning, words: "a node 'w9' that the inventory", host: "c1") {
            _, facts in
            facts.nodes = ["c1", "w1", "w2", "w9"]
        },
        Case(name: "one endpoint", severity: .error, words: "all nodes reach the API by c1") { cluster, _ in
            cluster.hosts[1].role = .controlPlane
        },
        Case(name: "no Calico", severity: .error, words: "no release of Calico", version: "1.20") {
            cluster, _ in
            cluster.mirrors.kubernetes = "http://192.0.2.1/"
        },
    ]

    @Test func everyHostMountsWhatLiesOnAServer() throws {
        var cluster = Sample.cluster(planes: 1)
        cluster.applications = [
            ApplicationPart(
                edition: "verawood", host: "learn.example.edu", namespace: "openedx",
                storage: .nfs(server: "files", path: "/srv"), volumeNodes: [], secrets: [], images: [],
                replicas: [], mark: nil)
        ]
        var facts = Sample.facts(cluster)
        let release = try Sample.release(cluster.kubernetes.version)
        func findings() -> [Finding] {
            Preflight.check(cluster, release, facts).filter { $0.message.contains("cannot mount NFS") }
        }
        #expect(findings().map(\.host) == cluster.hosts.map(\.name))
        for name in facts.keys { facts[name]?.mountsNFS = true }
        #expect(findings().isEmpty)
    }

    @Test(arguments: cases)
    func findsOneThing(_ wrong: Case) throws {
        var cluster = Sample.cluster(version: wrong.version)
        var facts = Sample.facts(cluster)
        var changed = try #require(facts[wrong.host])
        wrong.change(&cluster, &changed)
        if changed.hasJoined, wrong.host != "c1" {
            facts["c1"]?.hasJoined = true
            facts["c1"]?.isControlPlane = true
            facts["c1"]?.nodes = ["c1", "w1"]
            facts["c1"]?.clusterVersion = try Sample.release(wrong.version).version
        }
        facts[wrong.host] = changed
        let findings = Preflight.check(cluster, try Sample.release(wrong.version), facts)
        guard let severity = wrong.severity else {
            #expect(findings.map(\.message) == [])
            return
        }
        let found = findings.contains { $0.severity == severity && $0.message.contains(wrong.words) }
        #expect(found, "\(findings)")
        #expect(findings.allSatisfy { !$0.cure.isEmpty })
    }

    @Test func clonesAreTold() throws {
        let cluster = Sample.cluster()
        var facts = Sample.facts(cluster)
        facts["w2"]?.machineID = "id of w1"
        let address = try #require(facts["c1"]?.links.first?.hardwareAddress)
        facts["w2"]?.links[0].hardwareAddress = address
        let messages = Preflight.check(cluster, try Sample.release("1.36"), facts).map(\.message)
        #expect(messages.contains("w1 and w2 have the same machine-id id of w1"))
        #expect(messages.contains { $0.hasPrefix("c1 and w2 have the same hardware address") })
    }

    @Test func anAddressThatWasTakenBackIsTold() throws {
        var cluster = Sample.cluster()
        var facts = Sample.facts(cluster)
        let said = "the address 192.0.2.9/24 was given and taken back"
        facts["w1"]?.addressTakenBack = said
        let release = try Sample.release("1.36")
        #expect(!Preflight.check(cluster, release, facts).contains { $0.message == said })
        cluster.hosts[1].staticAddress = StaticAddress(
            address: Sample.network("192.0.2.9/24"), gateway: nil, nameservers: [], interface: nil)
        #expect(Preflight.check(cluster, release, facts).contains { $0.message == said && $0.host == "w1" })
    }

    @Test func oneMachineByTwoNamesIsTold() throws {
        let cluster = Sample.cluster()
        var facts = Sample.facts(cluster)
        facts["w1"]?.bootID = "boot"
        facts["w2"] = facts["w1"]
        let findings = Preflight.check(cluster, try Sample.release("1.36"), facts)
        #expect(findings.filter { $0.message.hasPrefix("w1 and w2 ") }.count == 1)
        #expect(
            findings.contains { $0.severity == .error && $0.message.hasPrefix("w1 and w2 are one machine") })
    }

    @Test(arguments: [
        ("1.36", Kubernetes.Runtime.docker, nil, "set kubernetes.runtime: containerd"),
        ("1.20", .containerd, nil, "or take version: \"1.24\", the nearest"),
        ("1.20", .containerd, "http://192.0.2.1/", "or take version: \"1.21\", the nearest"),
        ("1.36", .docker, "http://192.0.2.1/", "or take version: \"1.23\", the nearest"),
    ])
    func theNearestVersionThatWorksIsNamed(
        version: String, runtime: Kubernetes.Runtime, mirror: String?, cure: String
    ) throws {
        var cluster = Sample.cluster(version: version)
        cluster.kubernetes.runtime = runtime
        cluster.mirrors.kubernetes = mirror
        let findings = Preflight.check(cluster, try Sample.release(version), Sample.facts(cluster))
        #expect(findings.contains { $0.severity == .error && $0.cure.contains(cure) }, "\(findings)")
        #expect(findings.contains { $0.message.contains("versions.yml, row \"\(version)\"") })
    }

    @Test func clocksThatDifferAreTold() throws {
        let cluster = Sample.cluster()
        var facts = Sample.facts(cluster)
        var clocks: [String: Int] = [:]
        for host in cluster.hosts {
            clocks[host.name] = 1_000_000_000_000
            facts[host.name]?.clock = 1_000_000_000_000
        }
        facts["w2"]?.clock = 1_000_000_000_000 - 95_000_000_000
        let findings = Preflight.check(cluster, try Sample.release("1.36"), facts, clocks: clocks)
        #expect(findings.map(\.message) == ["its clock is 95 s behind the others"])
        #expect(findings.map(\.host) == ["w2"])
    }

    @Test func podNetworkIsOneThatIsFree() {
        let cluster = Sample.cluster()
        var facts = Sample.facts(cluster)
        #expect(PodNetwork.choose(cluster, facts) == CIDR("10.244.0.0/16"))
        facts["w1"]?.routes.append(
            HostFacts.Route(network: CIDR("10.244.7.0/24"), link: "vpn", isOnLink: false))
        #expect(PodNetwork.choose(cluster, facts) == CIDR("10.245.0.0/16"))
        facts["w2"]?.routes.append(HostFacts.Route(network: CIDR("10.0.0.0/8"), link: "vpn", isOnLink: false))
        #expect(PodNetwork.choose(cluster, facts) == CIDR("172.30.0.0/16"))
        facts["c1"]?.clusterPodNetwork = CIDR("10.50.0.0/16")
        #expect(PodNetwork.choose(cluster, facts) == CIDR("10.50.0.0/16"))
    }
}
