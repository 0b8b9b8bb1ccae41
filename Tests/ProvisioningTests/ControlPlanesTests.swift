import Testing
import YAML

@testable import Inventory
@testable import Provisioning

struct ControlPlanesTests {
    private func findings(_ planes: Int, standing: Int = 0, endpoint: Bool = true) throws -> [Finding] {
        var cluster = Sample.cluster(planes: planes, version: "1.36")
        if endpoint { cluster.kubernetes.controlPlaneEndpoint = "api.example.edu:6443" }
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
}
