import Console
import Inventory
import Manifests
import Provisioning

extension Operation {
    /// The host that is asked about the cluster: the first control plane that can be reached.
    ///
    /// - Throws: ``Complaint`` when the inventory has no control plane, and what connecting to the first throws when
    ///   none can be reached.
    func controlPlane() async throws -> Host {
        let host = try await spokesman.host(of: site.cluster, surroundings) { [console] host, next, error in
            console.say(
                "\(Failure(error).text); \(next.name) is asked about the cluster instead", .warning,
                host: host.name)
        }
        guard let host else {
            throw Complaint(.badInput, "\(site.cluster.file): the inventory has no control plane")
        }
        return host
    }

    /// The way to the cluster: kubectl on a control plane.
    ///
    /// - Throws: ``Complaint`` when there is no control plane, and what connecting throws.
    func kubectl() async throws -> Manifests.Kubectl { try await clusterAccess().ask }

    /// The ways to the cluster, kubectl on a control plane.
    ///
    /// - Throws: ``Complaint`` when there is no control plane, and what connecting throws.
    func clusterAccess() async throws -> ClusterAccess {
        let host = try await controlPlane()
        let kubectl = try await Provisioning.kubectl(on: host, surroundings) { [context] reason in
            context.console.say("connection lost (\(reason)); trying again", .warning, host: host.name)
        }
        return ClusterAccess(kubectl: kubectl, host: host.name, context: context)
    }
}
