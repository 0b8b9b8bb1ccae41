import Foundation
import Playbook
import TestSupport
import Testing
import YAML

@testable import Inventory
@testable import Provisioning

/// `controlPlaneEndpoint: { kubeVIP: … }`: what it makes of phases, of kubeadm's configuration and of the static pod.
struct KubeVIPTests {
    private static func cluster(_ version: String = "1.36", interface: String? = nil) -> Cluster {
        var cluster = Sample.cluster(planes: 3, workers: 1, version: version)
        cluster.kubernetes.controlPlaneEndpoint = .kubeVIP(
            VirtualAddress(address: "192.0.2.10", interface: interface))
        return cluster
    }

    private func value(_ name: String, _ cluster: Cluster, _ index: Int) throws -> String? {
        KubeVIP.value(name, try Sample.situation(cluster), cluster.hosts[index])
    }

    @Test func kubeadmReachesAllControlPlanesByIt() throws {
        let cluster = Self.cluster()
        let situation = try Sample.situation(cluster)
        #expect(situation.endpoint == "192.0.2.10:6443")
        let text = KubeadmConfiguration(situation, for: cluster.hosts[0]).initialisation.yamlDocuments()
        #expect(text.contains("controlPlaneEndpoint: \"192.0.2.10:6443\""))
        #expect(text.contains("\n  - 192.0.2.10\n"))
    }

    @Test func thePod() throws {
        let pod = try #require(try value("KUBE_VIP_MANIFEST", Self.cluster(), 1))
        try Golden.expect(pod, is: "kube-vip.yaml", in: Bundle.module)
    }

    @Test(arguments: [("1.20", "admin.conf"), ("1.28", "admin.conf"), ("1.29", "super-admin.conf")])
    func theFirstStartHasCredentialsThatCount(_ version: String, _ credentials: String) throws {
        let later = try #require(try value("KUBE_VIP_MANIFEST", Self.cluster(version), 0))
        #expect(later.contains("path: /etc/kubernetes/admin.conf\n"))
        #expect(
            try value("KUBE_VIP_FIRST_MANIFEST", Self.cluster(version), 0)
                == later.replacing(
                    "path: /etc/kubernetes/admin.conf", with: "path: /etc/kubernetes/\(credentials)"))
    }

    @Test func onlyTheFirstHasAPodForTheStart() throws {
        #expect(try value("KUBE_VIP_FIRST_MANIFEST", Self.cluster(), 1) == "")
    }

    @Test func onlyControlPlanesPullItsImage() throws {
        #expect(
            try value("KUBE_VIP_IMAGE", Self.cluster(), 0)?.hasPrefix("ghcr.io/kube-vip/kube-vip:v") == true)
        #expect(try value("KUBE_VIP_IMAGE", Self.cluster(), 3) == "")
        #expect(try value("KUBE_VIP_IMAGE", Sample.cluster(), 0) == "")
    }

    @Test func theLinkIsTheOneWithTheNodeAddress() {
        let virtual = VirtualAddress(address: "192.0.2.10")
        var host = Sample.host("c1", "192.0.2.11", .controlPlane)
        var facts = Sample.facts(host)
        facts.addresses += [("eth1", Sample.network("198.51.100.11/24"))]
        #expect(KubeVIP.link(virtual, of: host, facts) == "eth0")
        #expect(
            KubeVIP.link(VirtualAddress(address: "192.0.2.10", interface: "eth7"), of: host, facts) == "eth7")
        host.privateAddress = "198.51.100.11"
        #expect(KubeVIP.link(virtual, of: host, facts) == "eth1")
        // of an address that is yet to be given: its link, else the one of the default route
        host.privateAddress = nil
        host.staticAddress = StaticAddress(
            address: Sample.network("192.0.2.40/24"), gateway: nil, nameservers: [], interface: "eth2")
        host.address = "192.0.2.40"
        #expect(KubeVIP.link(virtual, of: host, facts) == "eth2")
        host.staticAddress?.interface = nil
        #expect(KubeVIP.link(virtual, of: host, facts) == "eth0")
    }

    /// What a phase on a host waits for, with all that comes before it.
    private func before(_ id: String, on name: String, _ graph: PhaseGraph) -> Set<String> {
        var found: Set<Int> = []
        var open = graph.items.indices.filter {
            graph.items[$0].phase.id == id && graph.items[$0].host.name == name
        }
        while let next = open.popLast() {
            for need in graph.items[next].needs where found.insert(need).inserted { open.append(need) }
        }
        return Set(found.map { "\(graph.items[$0].phase.id) \(graph.items[$0].host.name)" })
    }

    @Test func theAddressIsThereBeforeKubeadmAsksForIt() throws {
        let cluster = Self.cluster()
        let situation = try Sample.situation(cluster)
        let graph = PhaseGraph(Phases.all, cluster) { $0.applies(situation, $1) }
        #expect(before("control-plane", on: "c1", graph).contains("kube-vip-start c1"))
        // from the first one's change of credentials on nothing moves while others join by it
        for (phase, host) in [("join-control-plane", "c2"), ("join", "w1"), ("network-plugin", "c1")] {
            #expect(before(phase, on: host, graph).contains("kube-vip c1"), "\(phase)")
        }
        // kubeadm join wants an empty folder of manifests
        #expect(!before("join-control-plane", on: "c2", graph).contains("kube-vip-further c2"))
        #expect(before("kube-vip-further", on: "c2", graph).contains("join-control-plane c2"))
        // while the first one's API server restarts, the others can have the address
        #expect(
            before("api-server", on: "c1", graph).isSuperset(of: [
                "kube-vip-further c2", "kube-vip-further c3",
            ]))
        #expect(graph.items.filter { $0.host.name == "w1" && $0.phase.playbookName == "kube-vip" }.isEmpty)
    }

    @Test func withoutItNothingOfItRuns() throws {
        let cluster = Sample.cluster(planes: 3)
        let situation = try Sample.situation(cluster)
        let graph = PhaseGraph(Phases.all, cluster) { $0.applies(situation, $1) }
        #expect(!graph.items.contains { $0.phase.playbook.contains("kube-vip") })
        #expect(before("join-control-plane", on: "c2", graph).contains("control-plane c1"))
        #expect(before("api-server", on: "c1", graph).contains("join-control-plane c3"))
        #expect(KubeVIP.questions(cluster).isEmpty && KubeVIP.questions(Self.cluster()).count == 1)
    }

    @Test func anUpgradeGivesItTheNewCredentials() throws {
        let cluster = Self.cluster()
        let situation = try Sample.situation(cluster)
        let steps = cluster.hosts.map { host in
            UpgradePhases.drained.filter { $0.applies(situation, host) }.map(\.id)
        }
        #expect(steps[1].last == "kube-vip")
        #expect(!steps[3].contains("kube-vip"))
    }
}
