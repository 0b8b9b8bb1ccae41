import Testing
import YAML

@testable import Inventory
@testable import Provisioning

/// What is to do of an upgrade, and what forbids it, for clusters that stand anywhere in one.
struct UpgradePlanTests {
    /// A cluster of one or more control planes and the workers w1 and w2.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        var planes = 1
        var from = "1.34.1", to = "1.35.2"
        /// The kubelets of hosts that have another version than the record; empty is a version that nobody knows.
        var kubelets: [String: String] = [:]
        /// The API servers that have another version than the record.
        var servers: [String: String] = [:]
        var absent: Set<String> = [], unready: Set<String> = [], cordoned: Set<String> = [],
            held: Set<String> = []
        /// A node that the inventory does not name.
        var stray: String?
        /// The hosts on which something is to do, in order.
        var pending = ["c1", "w1", "w2"]
        /// What is found: host, severity, words.
        var finds: (host: String?, severity: Diagnostic.Severity, words: String)?
        var testDescription: String { name }
    }

    private func plan(_ wanted: Case) throws -> UpgradePlan {
        let cluster = Sample.cluster(planes: wanted.planes)
        var facts = Sample.facts(cluster)
        for host in cluster.hosts(of: .controlPlane) {
            facts[host.name]?.apiServer = KubernetesVersion(wanted.servers[host.name] ?? wanted.from)
        }
        var nodes: [Node] = []
        for name in cluster.hosts.map(\.name) + (wanted.stray.map { [$0] } ?? [])
        where !wanted.absent.contains(name) {
            let isAway = wanted.cordoned.contains(name) || wanted.held.contains(name)
            var node = Objects.node(
                name, isReady: !wanted.unready.contains(name), spec: ["unschedulable": .bool(isAway)])
            let kubelet = wanted.kubelets[name] ?? wanted.from
            node["status"]?["nodeInfo"] = ["kubeletVersion": .string(kubelet.isEmpty ? "" : "v" + kubelet)]
            if wanted.held.contains(name) {
                node["metadata"]?["annotations"] = .mapping([UpgradePlan.annotation: "held"])
            }
            nodes.append(node)
        }
        return UpgradePlan(
            cluster, from: try #require(KubernetesVersion(wanted.from)),
            to: try #require(KubernetesVersion(wanted.to)),
            facts, Objects.cluster(nodes))
    }

    static let cases: [Case] = [
        Case(name: "a minor version on"),
        Case(name: "a patch on", from: "1.35.0"),
        Case(name: "control planes come first", planes: 3, pending: ["c1", "c2", "c3", "w1", "w2"]),
        Case(
            name: "after the first control plane's kubeadm", planes: 3, from: "1.35.2",
            kubelets: ["c1": "1.34.1", "c2": "1.34.1", "c3": "1.34.1", "w1": "1.34.1", "w2": "1.34.1"],
            servers: ["c2": "1.34.1", "c3": "1.34.1"], pending: ["c1", "c2", "c3", "w1", "w2"]),
        Case(
            name: "between two control planes", planes: 3, from: "1.35.2",
            kubelets: ["c2": "1.34.1", "c3": "1.34.1", "w1": "1.34.1", "w2": "1.34.1"],
            servers: ["c2": "1.34.1", "c3": "1.34.1"], pending: ["c2", "c3", "w1", "w2"]),
        Case(
            name: "between a control plane's kubeadm and its kubelet", planes: 3, from: "1.35.2",
            kubelets: ["c3": "1.34.1"], pending: ["c3"]),
        Case(
            name: "between a worker's kubelet and its return", from: "1.35.2", kubelets: ["w2": "1.34.1"],
            held: ["w1"], pending: ["w1", "w2"]),
        Case(
            name: "a worker that does not come back is tried again", from: "1.35.2", unready: ["w2"],
            held: ["w2"],
            pending: ["w2"]),
        Case(name: "all done", from: "1.35.2", pending: []),
        Case(name: "all done, one cordoned by somebody", from: "1.35.2", cordoned: ["w1"], pending: []),
        Case(
            name: "done, and one that is not Ready", from: "1.35.2", kubelets: ["w2": "1.34.1"],
            unready: ["w1"],
            pending: ["w2"]),
        Case(
            name: "back", from: "1.35.3", finds: (nil, .error, "nothing takes it back to 1.35.2")),
        Case(
            name: "a minor left out", to: "1.36.4",
            finds: (nil, .error, "more than one minor version")),
        Case(
            name: "not Ready", unready: ["w2"], finds: ("w2", .error, "its node is not Ready")),
        Case(
            name: "unknown version", kubelets: ["w1": ""],
            finds: ("w1", .error, "does not know its kubelet's version")),
        Case(
            name: "a newer kubelet", kubelets: ["w1": "1.36.0"],
            finds: ("w1", .error, "none may be newer than the API server")),
        Case(name: "a kubelet three minors older", kubelets: ["w1": "1.32.9"]),
        Case(
            name: "a kubelet four minors older", kubelets: ["w1": "1.31.9"],
            finds: ("w1", .error, "none that is more than 3 minor versions older")),
        Case(
            name: "an old kubelet three minors older", from: "1.23.17", to: "1.24.17",
            kubelets: ["w1": "1.21.1"],
            finds: ("w1", .error, "none that is more than 2 minor versions older")),
        Case(
            name: "an API server of an earlier upgrade", planes: 3, servers: ["c2": "1.33.9"],
            pending: ["c1", "c2", "c3", "w1", "w2"],
            finds: ("c2", .error, "its API server is 1.33.9, and the cluster's record says 1.34.1")),
        Case(
            name: "a host that is not in the cluster", absent: ["w2"], pending: ["c1", "w1"],
            finds: ("w2", .warning, "is left out")),
        Case(
            name: "a node that the inventory does not name", stray: "x1",
            finds: ("x1", .warning, "stays as it is")),
        Case(
            name: "such a node that gets too old", kubelets: ["x1": "1.31.0"], stray: "x1",
            finds: ("x1", .error, "none that is more than 3 minor versions older")),
    ]

    @Test(arguments: cases)
    func itIsKnownWhatIsLeftAndWhatForbidsIt(_ wanted: Case) throws {
        let plan = try plan(wanted)
        #expect(plan.pending.map(\.host.name) == wanted.pending)
        #expect(plan.isDone == wanted.pending.isEmpty)
        #expect(plan.isFresh == (plan.from < plan.to))
        let findings = plan.findings(try Sample.table())
        guard let finds = wanted.finds else {
            #expect(findings.map(\.message) == [])
            return
        }
        #expect(findings.count == 1 && findings.allSatisfy { !$0.cure.isEmpty })
        let found = try #require(findings.first)
        #expect(found.host == finds.host && found.severity == finds.severity)
        #expect(found.message.contains(finds.words), "\(found.message)")
    }

    @Test func theWayOverSeveralMinorsIsSaid() throws {
        let plan = try plan(Case(name: "", from: "1.31.14", to: "1.34.11"))
        #expect(
            plan.findings(try Sample.table()).map(\.cure) == [
                "first `mooc-cluster upgrade --to 1.32`, then --to 1.33, then this one"
            ])
    }

    @Test func whatSomebodyElseCordonedStaysSo() throws {
        let plan = try plan(Case(name: "", cordoned: ["w1"], held: ["w2"]))
        #expect(plan.members.map(\.staysCordoned) == [false, true, false])
    }

    @Test func eachMemberOfEtcdMustBeWell() {
        func found(_ change: (inout EtcdState.Member) -> Void) -> [String] {
            var second = EtcdState.Member(
                name: "c2", id: "b", peer: "https://192.0.2.12:2380", isLearner: false)
            second.isHealthy = true
            var first = second
            first.name = "c1"
            first.isLeader = true
            change(&second)
            return UpgradePlan.findings(EtcdState(members: [first, second])).map {
                "\($0.host ?? "") \($0.message)"
            }
        }
        #expect(found { _ in } == [])
        #expect(found { $0.isHealthy = false } == ["c2 its member of etcd does not answer"])
        #expect(found { $0.alarms = ["NOSPACE"] } == ["c2 its member of etcd warns: NOSPACE"])
        #expect(UpgradePlan.findings(nil).map(\.severity) == [.error])
    }

    @Test func theTableDecidesWhatGoesAlong() throws {
        func found(_ version: String, _ change: (inout Cluster, inout HostFacts) -> Void) throws -> [String] {
            var cluster = Sample.cluster(workers: 1)
            var facts = Sample.facts(cluster)
            var own = try #require(facts["w1"])
            change(&cluster, &own)
            facts["w1"] = own
            return Preflight.check(upgradeOf: cluster, to: try Sample.release(version), facts)
                .filter { $0.severity == .error }.map { "\($0.host ?? ""): \($0.message); \($0.cure)" }
        }
        #expect(try found("1.36") { _, _ in } == [])
        #expect(
            try found("1.35") { $1.hasUnifiedGroups = false }.first?.hasPrefix("w1: control groups") == true)
        #expect(
            try found("1.32") { $1.kernel = "4.15.0" }.first?.contains("Kubernetes 1.32 needs 4.19") == true)
        let docker = try found("1.24") { cluster, _ in cluster.kubernetes.runtime = .docker }
        #expect(docker.first?.contains("row \"1.24\": docker: false") == true, "\(docker)")
    }
}
