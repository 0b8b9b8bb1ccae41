import Testing
import YAML

@testable import Inventory
@testable import Provisioning

/// What the preflight says of the control planes' common address.
struct VirtualAddressTests {
    private var cluster = Sample.cluster(planes: 3, workers: 1, version: "1.36")
    private var facts: [String: HostFacts]

    init() {
        cluster.kubernetes.controlPlaneEndpoint = .kubeVIP(VirtualAddress(address: "192.0.2.10"))
        facts = Sample.facts(cluster)
    }

    private func said() throws -> [String] {
        Preflight.check(cluster, try Sample.release("1.36"), facts)
            .filter { $0.severity == .error }.map { "\($0.host ?? ""): \($0.message)" }
    }

    private mutating func want(_ address: String, on interface: String? = nil) {
        cluster.kubernetes.controlPlaneEndpoint = .kubeVIP(
            VirtualAddress(address: address, interface: interface))
    }

    @Test func aFreeAddressOfTheLinksNetworkIsFine() throws { #expect(try said() == []) }

    @Test mutating func itLiesInTheNetworkOfEveryLink() throws {
        want("198.51.100.10")
        #expect(
            try said()
                == (1...3).map { "c\($0): 198.51.100.10 does not lie in the network of eth0: 192.0.2.0/24" })
        // a route to the link will do, as where hosts have addresses with a prefix of 32
        for name in ["c1", "c2", "c3"] {
            facts[name]?.routes.append(
                HostFacts.Route(network: CIDR("198.51.100.0/24"), link: "eth0", isOnLink: true))
        }
        #expect(try said() == [])
        facts["c3"]?.routes.removeLast()
        facts["c3"]?.routes.append(
            HostFacts.Route(network: CIDR("198.51.100.0/24"), link: "eth0", isOnLink: false))
        #expect(try said().map { $0.prefix(3) } == ["c3:"])
    }

    @Test mutating func theNamedLinkIsThere() throws {
        want("192.0.2.10", on: "eth1")
        facts["c1"]?.links.append(
            HostFacts.Link(name: "eth1", mtu: 1500, hardwareAddress: "02:00:00:00:01:01"))
        facts["c1"]?.addresses.append(("eth1", Sample.network("192.0.2.111/24")))
        #expect(
            try said() == [2, 3].map { "c\($0): it has no link eth1, which is to bear 192.0.2.10" })
    }

    @Test mutating func aStaticAddressThatIsYetToComeCounts() throws {
        want("198.51.100.10")
        for index in 0..<3 {
            cluster.hosts[index].staticAddress = StaticAddress(
                address: Sample.network("198.51.100.\(index + 11)/24"), gateway: nil, nameservers: [],
                interface: nil)
        }
        #expect(try said() == [])
    }

    @Test mutating func nobodyElseHasIt() throws {
        facts["c2"]?.virtualAddressTaken = "arping on eth0"
        #expect(try said() == ["c2: another machine answers for 192.0.2.10, by arping on eth0"])
        // one of ours still has it of a start that was cut off
        facts["c1"]?.addresses.append(("eth0", Sample.network("192.0.2.10/32")))
        #expect(try said() == [])
    }

    @Test mutating func inAClusterThatStandsOneOfThemHasIt() throws {
        for name in ["c1", "c2"] {
            facts[name]?.hasJoined = true
            facts[name]?.isControlPlane = true
            facts[name]?.clusterEndpoint = "192.0.2.10:6443"
            facts[name]?.nodes = ["c1", "c2"]
        }
        facts["c2"]?.addresses.append(("eth0", Sample.network("192.0.2.10/32")))
        facts["c3"]?.virtualAddressTaken = "arping on eth0"
        #expect(try said() == [])
    }

    @Test mutating func aHostThatHasItOtherwiseIsNamed() throws {
        facts["c2"]?.addresses.append(("eth0", Sample.network("192.0.2.10/24")))
        facts["w1"]?.addresses.append(("eth0", Sample.network("192.0.2.10/32")))
        #expect(
            try said() == [
                "c2: it has 192.0.2.10/24 on eth0, which kube-vip is to give to one of the control planes",
                "w1: it has 192.0.2.10/32 on eth0, which kube-vip is to give to one of the control planes",
            ])
    }
}
