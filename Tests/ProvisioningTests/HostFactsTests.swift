import Playbook
import TestSupport
import Testing

@testable import Inventory
@testable import Provisioning

struct HostFactsTests {
    @Test func readsWhatTheFactsPlaybookRegisters() {
        var values = Values()
        values["OS"] = "debian\n12\nDebian GNU/Linux 12 (bookworm)\n"
        values["MACHINE"] = "x86_64\n6.1.0\n4\n8000000"
        values["CGROUP"] = "cgroup2fs"
        values["INIT"] = "systemd\nnone"
        values["IDENTITY"] = "n1\nabc\n\nboot"
        values["OTHER_KUBERNETES"] = "k0s\nk3s"
        values["REMOTE_FILE_SYSTEMS"] = "nfs"
        values["DISK_SYNC"] = "1200"
        values["DISKS"] = "/ 100 200 rw,noexec\n/var/lib/etcd 5 - ro"
        values["LINKS"] = "eth0 1500 02:00:00:00:00:01"
        values["ADDRESSES"] = "lo 127.0.0.1/8\neth0 192.0.2.11/24"
        values["ROUTES"] =
            "default via 192.0.2.1 dev eth0 onlink\n192.0.2.0/24 dev eth0 proto kernel\nbad line"
        values["CLOCK"] = "1700000000000000000"
        values["RESOLVERS"] = "/etc/resolv.conf 127.0.0.53\n/run/systemd/resolve/resolv.conf 192.0.2.1"
        values["VERSIONS"] =
            "containerd 1.6.20~ds1\ndocker \nkubeadm v1.20.2\nkubelet v1.20.2\nkubectl 1.20.1\napiserver v1.20.2"
        values["JOINED"] = "kubelet\ncontrol-plane\nkube-vip"
        values["KUBE_VIP_TAKEN"] = "arping on eth0\n"
        values["NODES"] = "n1 v1.20.2 \nn2 v1.20.1 held"
        values["CLUSTER"] = "version v1.20.2\npods 10.244.0.0/16\nservices 10.96.0.0/12"
        let facts = HostFacts(values)
        #expect(facts.systemName == "Debian GNU/Linux 12 (bookworm)")
        #expect(facts.processors == 4)
        #expect(facts.memoryKiB == 8_000_000)
        #expect(facts.hasUnifiedGroups)
        #expect(facts.container == nil)
        #expect(facts.machineID == "abc" && facts.bootID == "boot")
        #expect(facts.otherKubernetes == ["k0s", "k3s"])
        #expect(facts.diskSync == 1200 && facts.mountsNFS)
        #expect(facts.disks.map(\.freeInodes) == [200, nil])
        #expect(facts.disks[0].options == ["rw", "noexec"])
        #expect(
            facts.addresses.map { "\($0.link) \($0.address)" } == ["lo 127.0.0.1/8", "eth0 192.0.2.11/24"])
        #expect(facts.routes.map(\.isOnLink) == [false, true])
        #expect(facts.routes.map(\.network) == [nil, CIDR("192.0.2.0/24")])
        #expect(facts.clock == 1_700_000_000_000_000_000)
        #expect(facts.resolverLoops)
        #expect(facts.upstreamNameservers == ["192.0.2.1"])
        #expect(facts.containerd == "1.6.20~ds1")
        #expect(facts.docker == nil)
        #expect(facts.kubelet == KubernetesVersion(1, 20, 2))
        #expect(facts.kubectl == KubernetesVersion(1, 20, 1))
        #expect(facts.hasJoined && facts.isControlPlane && !facts.isUnfinished && facts.hasKubeVIP)
        #expect(facts.virtualAddressTaken == "arping on eth0")
        #expect(facts.apiServer == KubernetesVersion(1, 20, 2))
        #expect(facts.nodes == ["n1", "n2"] && facts.heldNodes == ["n2"])
        #expect(facts.nodeVersions["n2"] == KubernetesVersion(1, 20, 1))
        #expect(facts.clusterPodNetwork == CIDR("10.244.0.0/16"))
    }

    @Test(
        arguments: [
            (
                "ufw 22/tcp 6443,10250/tcp 2379:2380/tcp 8472/udp OpenSSH",
                [22...22, 6443...6443, 10250...10250, 2379...2380]
            ),
            ("ufw 22/tcp all", [22...22, 0...65535]), ("firewalld 2379-2380/tcp", [2379...2380]),
            ("nftables", []),
        ] as [(String, [ClosedRange<Int>])])
    func portsOfFirewalls(_ line: String, _ ports: [ClosedRange<Int>]) throws {
        var values = Values()
        values["FIREWALLS"] = line
        let firewall = try #require(HostFacts(values).firewall)
        #expect(firewall.ports == ports)
        #expect(line.hasPrefix(firewall.name))
    }

    @Test func anUnansweringClusterIsNotAnEmptyOne() {
        var values = Values()
        values["NODES"] = "unknown"
        #expect(HostFacts(values).nodes == nil)
    }

    @Test func thePlaybookReadsThisMachine() async throws {
        let run = Run.Settings(mode: .plan)
        var host = Sample.host("here", "127.0.0.1", .controlPlane)
        host.connection = .local
        var cluster = Sample.cluster(planes: 0, workers: 0)
        cluster.hosts = [host]
        let library = try PlaybookLibrary(["playbooks/facts.yml"], Sample.surroundings)
        let crew = Crew(surroundings: Sample.surroundings, library: library, mode: run.mode) { _ in }
        let sight = await Survey(cluster: cluster, crew: crew, parallel: 1).perform { _ in true }
        let facts = try #require(sight.facts["here"])
        #expect(facts.processors > 0)
        #expect(facts.memoryKiB > 0)
        #expect(!facts.architecture.isEmpty)
        #expect(facts.disks.contains { $0.path == "/" && $0.freeKiB > 0 })
        #expect(facts.clock != nil)
    }
}
