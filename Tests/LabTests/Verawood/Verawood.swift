import Testing
import YAML

extension Beside {
    /// Open edX of today on a cluster of its own; the tests run in the order of the files' names, each on what the one
    /// before left.
    @Suite("Verawood's life")
    struct Verawood {
        /// The control plane.
        static let plane = LabNode(6)
        /// The worker without volumes.
        static let worker = LabNode(7)
        /// The worker that holds the volumes.
        static let holder = LabNode(8)
        /// The cluster that `up` makes.
        static let nodes = [plane, worker, holder]

        private static let home = Result { try Workstation("verawood") }

        /// The operator's place.
        var site: Workstation { get throws { try Self.home.get() } }
        /// What the API server says.
        var state: ClusterState {
            ClusterState(kubectl: Kubectl(node: Self.plane), namespace: "openedx", edition: .verawood)
        }

        /// Writes the inventory of the cluster, with this name of the platform.
        func prepare(called name: String = "My Open edX") async throws {
            // One node cannot carry all: a node of the lab has addresses for thirteen pods, and each roll-out takes more.
            var openedx: Node = [
                "edition": "verawood", "host": "learn.example.edu", "platformName": .string(name),
                "volumeNodes": [:],
            ]
            for claim in Edition.verawood.stores.sorted() {
                openedx["volumeNodes"]?[claim] = .string(Self.holder.name)
            }
            try await site.prepare(Self.nodes) { $0.root["openedx"] = openedx }
        }

        /// Ends a test at once that stands on a Verawood which is not there; writes its inventory.
        func requireProven() async throws {
            try await prepare()
            let missing = try await state.missingServices()
            try #require(
                missing.isEmpty, "this test stands on the edition that the test before it brought up")
        }
    }
}
