package import Inventory
package import Playbook
import YAML

/// Takes out of a cluster the workers that its inventory does not name.
package struct NodePrune: Sendable {
    private let cluster: Cluster
    private let surroundings: Surroundings
    private let mode: RunMode
    private let onEvent: @Sendable (RunEvent) -> Void

    /// Makes it.
    ///
    /// - Parameters:
    ///   - cluster: the inventory.
    ///   - surroundings: what it needs from outside.
    ///   - mode: whether it is done, or only said what it would change.
    ///   - onEvent: called for everything that happens, from several tasks.
    package init(
        _ cluster: Cluster, _ surroundings: Surroundings, mode: RunMode = .apply,
        onEvent: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.cluster = cluster
        self.surroundings = surroundings
        self.mode = mode
        self.onEvent = onEvent
    }

    /// Removes them, one after the other, each as ``NodeRemove`` does; the first that is refused or fails is the last.
    ///
    /// - Parameter agree: gets what each removal means, and whether it is refused, before that node is touched.
    /// - Returns: what came of all of them.
    /// - Throws: ``NoControlPlane``, and as ``NodeRemove``.
    package func perform(
        agree: @escaping @Sendable (Departure, _ isRefused: Bool) async throws -> Void
    ) async throws -> RunReport {
        guard let plane = cluster.firstControlPlane else { throw NoControlPlane() }
        var report = RunReport()
        let objects: ClusterObjects
        do {
            objects = try await ClusterObjects.read(try await kubectl(on: plane, surroundings))
        } catch let error as ClusterSilent {
            report.findings = [error.finding(about: plane.name)]
            return report
        }
        let known = cluster.hosts.map(\.name)
        for node in objects["Node"] where report.isDone {
            guard let name = node["metadata"]?["name"]?.text, !known.contains(name) else { continue }
            switch host(name, node) {
            case .failure(let refusal): report.findings.append(refusal.finding)
            case .success(let host):
                var whole = cluster
                whole.hosts.append(host)
                report.append(
                    try await NodeRemove(
                        name, from: whole, surroundings, NodeRemove.Settings(mode: mode), onEvent: onEvent
                    ).perform(agree: agree))
            }
        }
        return report
    }

    /// The host of a node that the inventory does not name: at the node's own address, reached as the control plane is.
    func host(_ name: String, _ node: Node) -> Result<Host, Refusal> {
        func refuse(_ message: String, cure: String) -> Result<Host, Refusal> {
            .failure(Refusal(finding: Finding(.error, host: name, message, cure: cure)))
        }
        let labels = node["metadata"]?["labels"]?.texts ?? [:]
        if ["control-plane", "master"].contains(where: { labels["node-role.kubernetes.io/\($0)"] != nil }) {
            return refuse(
                "it is a control plane that the inventory does not name, which is never removed this way",
                cure: "write it into the inventory")
        }
        let addresses = node["status"]?["addresses"]?.items ?? []
        guard let address = addresses.first(where: { $0["type"]?.text == "InternalIP" })?["address"]?.text
        else {
            return refuse("the cluster has no address of it", cure: "write it into the inventory")
        }
        let twin = cluster.hosts.first {
            [$0.address, $0.nodeAddress, $0.staticAddress.map { CIDR.dotted($0.address.address) }].contains(
                address)
        }
        if let twin {
            return refuse(
                "its address \(address) is that of the host \(twin.name)",
                cure: "give that one its name back, or take it out first")
        }
        let connection = cluster.hosts.map(\.connection).first { if case .ssh = $0 { true } else { false } }
        guard let connection else {
            return refuse("the inventory does not say how it is reached", cure: "write it into the inventory")
        }
        return .success(Host(stray: name, at: address, reachedAs: connection))
    }

    /// Why a node is left where it is.
    struct Refusal: Error {
        /// The same as a finding.
        let finding: Finding
    }
}
