import Testing
import YAML

@testable import Inventory
@testable import Provisioning

struct ControlPlanesTests {
    private func findings(_ planes: Int, standing: Int = 0, endpoint: Bool = true) throws -> [Finding] {
        var cluster = Sample.cluster(planes: planes, version: "1.36")
        if endpoint { cluster.kubernetes.controlPlaneEndpoint = .address("api.example.edu:6443") }
        var facts = Sample.facts(cluster)
        for number in 0..<standing {
            facts["c\(number + 1)"]?.hasJoined = true
            facts["c\(number + 1)"]?.isControlPlane = true
            facts["c\(number + 1)"]?.nodes = cluster.hosts.map(\.name)
        }
        return Preflight.check(cluster, try Sample.release("1.36"), facts)
            .filter { $0.message.contains("control planes") || $0.message.contains("reach the API") }
    }

    @Test(arguments: 1...7)
    func oneThreeAndFiveMayJoin(_ planes: Int) throws {
        let found = try findings(planes)
        #expect(found.isEmpty == [1, 3, 5].contains(planes))
        #expect(found.allSatisfy { $0.severity == .error && $0.cure == "take one, three or five" })
    }

    @Test func aClusterThatHasLostOneIsOnlyWarnedAbout() throws {
        #expect(try findings(2, standing: 2).map(\.severity) == [.warning])
        #expect(try findings(2, standing: 1).map(\.severity) == [.error])
    }

    @Test func severalWantAnEndpointFromTheFirstDay() throws {
        #expect(try findings(1, endpoint: false).isEmpty)
        #expect(try findings(3, endpoint: false).map(\.severity) == [.error])
        #expect(try findings(3, standing: 3, endpoint: false).map(\.severity) == [.warning])
    }

    @Test(
        arguments: [
            (.nodeProxy, "127.0.0.1:6444", nil), (.address("api.example.edu"), "api.example.edu:6443", nil),
            // any control plane's address will do: the inventory may have got another order
            (nil, "192.0.2.13:6443", nil), (nil, nil, nil), (.nodeProxy, nil, nil),
            (.nodeProxy, "192.0.2.11:6443", "take kubernetes.controlPlaneEndpoint out"),
            (.address("api.example.edu:6443"), "192.0.2.11:6443", "take kubernetes.controlPlaneEndpoint out"),
            (nil, "127.0.0.1:6444", "write controlPlaneEndpoint: node-proxy below kubernetes"),
            (.address("b.example.edu"), "a.example.edu", "write controlPlaneEndpoint: a.example.edu below"),
            (nil, "a.example.edu:6443", "write controlPlaneEndpoint: a.example.edu:6443 below kubernetes"),
            (.kubeVIP(VirtualAddress(address: "192.0.2.10")), "192.0.2.10:6443", nil),
            (
                .kubeVIP(VirtualAddress(address: "192.0.2.10")), "127.0.0.1:6444",
                "write controlPlaneEndpoint: node-proxy"
            ),
            (
                .kubeVIP(VirtualAddress(address: "192.0.2.10")), "192.0.2.12:6443",
                "take kubernetes.controlPlaneEndpoint"
            ),
        ] as [(Kubernetes.Endpoint?, String?, String?)])
    func theEndpointStaysAsItWas(
        _ wanted: Kubernetes.Endpoint?, _ founded: String?, _ cure: String?
    ) throws {
        var cluster = Sample.cluster(planes: 3, version: "1.36")
        cluster.kubernetes.controlPlaneEndpoint = wanted
        var facts = Sample.facts(cluster)
        facts["c2"]?.clusterEndpoint = founded
        let found = Preflight.check(cluster, try Sample.release("1.36"), facts)
            .filter { $0.message.contains("cannot be changed") }
        #expect(found.count == (cure == nil ? 0 : 1))
        #expect(found.allSatisfy { $0.severity == .error && $0.cure.hasPrefix(cure ?? "") })
    }

    @Test func theCommonAddressStaysTheOneThatItWas() throws {
        var cluster = Sample.cluster(planes: 3, version: "1.36")
        cluster.kubernetes.controlPlaneEndpoint = .kubeVIP(VirtualAddress(address: "192.0.2.20"))
        var facts = Sample.facts(cluster)
        facts["c2"]?.clusterEndpoint = "192.0.2.10:6443"
        facts["c2"]?.hasKubeVIP = true
        let found = Preflight.check(cluster, try Sample.release("1.36"), facts)
            .filter { $0.message.contains("cannot be changed") }
        #expect(
            found.map(\.cure) == ["write controlPlaneEndpoint: { kubeVIP: 192.0.2.10 } below kubernetes"])
    }

    @Test(arguments: [(true, true, 0), (true, false, 1), (false, false, 0)])
    func theProxysPortIsFreeOrItsOwn(_ wanted: Bool, _ isOurs: Bool, _ count: Int) throws {
        var cluster = Sample.cluster(version: "1.36")
        cluster.kubernetes.controlPlaneEndpoint = wanted ? .nodeProxy : nil
        var facts = Sample.facts(cluster)
        facts["w1"]?.ports = [22, 6444]
        facts["w1"]?.hasNodeProxy = isOurs
        let found = Preflight.check(cluster, try Sample.release("1.36"), facts)
            .filter { $0.message.contains("6444") }
        #expect(found.map(\.host) == Array(repeating: "w1", count: count))
    }
}
