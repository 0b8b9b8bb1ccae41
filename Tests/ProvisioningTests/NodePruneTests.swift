import Testing
import YAML

@testable import Inventory
@testable import Provisioning

struct NodePruneTests {
    private func host(_ node: Node, in cluster: Cluster) -> Result<Host, NodePrune.Refusal> {
        NodePrune(cluster, Sample.surroundings) { _ in }.host("w9", node)
    }

    private static var cluster: Cluster {
        var cluster = Sample.cluster()
        cluster.hosts[1] = Host(
            stray: "w1", at: "192.0.2.101",
            reachedAs: .ssh(SSHOptions(user: "ops", jump: [])))
        return cluster
    }

    @Test func aStrayWorkerIsReachedAtTheNodesAddress() throws {
        let host = try host(Objects.node("w9", address: "192.0.2.109"), in: Self.cluster).get()
        #expect(host.name == "w9" && host.address == "192.0.2.109" && host.role == .worker)
        guard case .ssh(let options) = host.connection else { throw NoControlPlane() }
        #expect(options.user == "ops")
    }

    @Test func othersAreLeftAlone() {
        func refusal(_ node: Node, in cluster: Cluster = Self.cluster) -> String {
            if case .failure(let refusal) = host(node, in: cluster) { refusal.finding.message } else { "" }
        }
        let plane = Objects.node(
            "w9", labels: ["node-role.kubernetes.io/master": ""], address: "192.0.2.109")
        #expect(refusal(plane).contains("control plane"))
        #expect(refusal(Objects.node("w9", address: "192.0.2.102")).contains("that of the host w2"))
        #expect(refusal(Objects.node("w9")).contains("no address"))
        #expect(
            refusal(Objects.node("w9", address: "192.0.2.109"), in: Sample.cluster())
                .contains("how it is reached"), "this machine is not what a stray node is")
    }
}
