import Console
import Inventory
import Manifests
import Provisioning

extension Operation {
    /// The host that is asked about the cluster.
    ///
    /// - Throws: ``Complaint`` when the inventory has no control plane.
    func controlPlane() throws -> Host {
        guard let host = site.cluster.firstControlPlane else {
            throw Complaint(.badInput, "\(site.cluster.file): the inventory has no control plane")
        }
        return host
    }

    /// The way to the cluster: kubectl on its first control plane.
    ///
    /// - Throws: ``Complaint`` when there is no control plane, and what connecting throws.
    func kubectl() async throws -> Manifests.Kubectl { try await clusterAccess().ask }

    /// The ways to the cluster, kubectl on its first control plane.
    ///
    /// - Throws: ``Complaint`` when there is no control plane, and what connecting throws.
    func clusterAccess() async throws -> ClusterAccess {
        let host = try controlPlane().name
        let kubectl = try await Provisioning.kubectl(on: site.cluster, surroundings) { [context] reason in
            context.console.say("connection lost (\(reason)); trying again", .warning, host: host)
        }
        return ClusterAccess(kubectl: kubectl, host: host, context: context)
    }
}
