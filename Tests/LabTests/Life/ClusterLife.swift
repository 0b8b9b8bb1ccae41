import Synchronization
import Testing
import YAML

/// One cluster from bare nodes to its end and a second beginning; the tests run in the order of the files' names,
/// each on what the one before left.
@Suite("One cluster's life", .lab, .serialized)
struct ClusterLife {
    /// The control plane.
    static let n1 = LabNode(1)
    /// The first worker, which holds the volumes.
    static let n2 = LabNode(2)
    /// The second worker, where sudo asks for a password.
    static let n3 = LabNode(3)
    /// The worker that comes and goes.
    static let n4 = LabNode(4)
    /// The cluster that `up` makes.
    static let nodes = [n1, n2, n3]

    /// How the worker that comes and goes was before it came; nil until it is known.
    static let bare = Mutex<Set<String>?>(nil)

    /// The operator's place.
    static let site = Result { try Workstation("life") }
    /// The secrets that must be seen nowhere: a password in the inventory, and the one that sudo asks for on n3.
    static let canary = Canary(["canary-3f9c1d7be2", "canary-sudo-71aa04"])

    /// The operator's place.
    var site: Workstation { get throws { try Self.site.get() } }
    /// What the API server says.
    var state: ClusterState { ClusterState(kubectl: Kubectl(node: Self.n1), namespace: "openedx") }

    /// Writes the inventory of the cluster, with these further workers.
    func prepare(adding others: [LabNode] = []) async throws {
        let all = Self.nodes + others
        try await site.prepare(all) { inventory in
            inventory.root["openedx"] = [
                "edition": "ironwood", "host": "learn.example.edu",
                "secrets": ["mysql-root-password": .string(Self.canary.secrets[0])],
            ]
            inventory.host(Self.n3, "ssh", ["user": "ops", "sudoPassword": .string(Self.canary.secrets[1])])
        }
    }

    /// Runs `up` to its end, watching the process list.
    func upToTheEnd() async throws -> Outcome {
        let outcome = try await Self.canary.watch {
            try await site.run("up", "--yes", within: .seconds(600))
        }
        try outcome.require(code: 0)
        return outcome
    }

    /// Ends a test at once that stands on a cluster which is not there; writes the inventory with further workers.
    func requireProven(adding others: [LabNode] = []) async throws {
        try await prepare(adding: others)
        let missing = try await state.missingNodes(Self.nodes + others, allowingOthers: true)
        try #require(missing.isEmpty, "this test stands on the cluster that the tests before it made")
    }
}
