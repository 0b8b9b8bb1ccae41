package import Inventory
package import YAML

extension Edition {
    /// How large an edition is: numbers that go together.
    package struct Size: Sendable {
        /// Its name in `openedx.size`.
        package var name: String
        /// How many learners it is for at once.
        package var users: Int
        /// What runs more often than the edition itself says.
        package var replicas: [(service: String, count: Int)]
        /// The connections to a store that takes only so many; nil where nothing is said of them.
        package var connections: Connections?
        /// What stands below `${size.…}`.
        package var values: Node
    }

    /// Connections that pods open to a store, and how many it takes.
    package struct Connections: Sendable {
        /// The store's workload.
        package var store: String
        /// How many it takes.
        package var most: Int
        /// How many of these are kept for jobs and for people.
        package var reserve: Int
        /// How many a pod of each service opens.
        package var ofPods: [(service: String, count: Int)]
    }

    /// How often each service runs: as the inventory says, else the size, else the edition.
    package func replicas(for part: ApplicationPart) -> [(service: String, count: Int)] {
        replicas.map { service, count in
            let own = part.replicas.last { $0.service == service }?.count
            return (service, own ?? size?.replicas.last { $0.service == service }?.count ?? count)
        }
    }
}

extension Edition.Size {
    /// Whether the store takes all connections while everything is rolled out at once.
    ///
    /// Then the old pods of each service end beside the new ones, so there are twice as many. A store outside of the
    /// cluster takes what it takes.
    func checkConnections(of objects: [ManifestObject], at mark: Mark?, _ diagnostics: Diagnostics) {
        guard let connections, objects.contains(where: { $0.isWorkload && $0.name == connections.store })
        else { return }
        let opened = connections.ofPods.reduce(0) { sum, pod in
            let service = objects.first { $0.kind == "Deployment" && $0.name == pod.service }
            return sum + 2 * pod.count * (service.map { objects.mostReplicas(of: $0) } ?? 0)
        }
        guard opened + connections.reserve > connections.most else { return }
        diagnostics.error(
            "so many replicas can open \(opened) connections to \(connections.store) while they are rolled out, and"
                + " it takes \(connections.most) in size '\(name)', \(connections.reserve) of them for jobs and people",
            at: mark, cure: "take a larger size, or fewer replicas")
    }
}
