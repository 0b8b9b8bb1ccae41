package import Inventory
package import Manifests
package import YAML

/// An application of an inventory: what it consists of, and how it comes onto the cluster and off it.
package struct Application: Sendable {
    /// The inventory.
    package let cluster: Cluster
    /// Its part that asks for the application.
    package let part: ApplicationPart
    /// The edition that the part names, as it chooses it.
    package let edition: Edition
    /// The certificate that the part names; nil where it names none.
    package let certificate: GivenCertificate?
    private let authorities: [String: String]

    /// Reads the edition that a part of an inventory names; nil after an error.
    ///
    /// - Parameters:
    ///   - part: the part.
    ///   - cluster: the inventory.
    ///   - files: the files of `manifests/`.
    ///   - certificate: the certificate that the part names.
    ///   - authorities: the texts of the files that its stores name as their authorities, by store.
    ///   - diagnostics: where everything that is wrong is collected.
    package init?(
        _ part: ApplicationPart, of cluster: Cluster, files: [ManifestFile],
        certificate: GivenCertificate? = nil, authorities: [String: String] = [:], diagnostics: Diagnostics
    ) {
        let folder = "manifests/\(part.folder)"
        guard let edition = Edition.read(folder: folder, files: files, diagnostics: diagnostics) else {
            return nil
        }
        self.cluster = cluster
        self.part = part
        self.edition = edition.chosen(by: part)
        self.certificate = certificate
        self.authorities = authorities
    }

    /// Everything that would be applied, a pure function of inventory and manifests.
    ///
    /// - Parameter secrets: the passwords; nil hides them.
    /// - Returns: the objects, and what they need on nodes.
    /// - Throws: everything that does not fit together, with places.
    package func rendered(secrets: SecretValues? = nil) throws(InvalidInput) -> Rendered {
        try Renderer(
            edition: edition, cluster: cluster, part: part, certificate: certificate, authorities: authorities
        ).render(secrets: secrets)
    }

    /// The configuration of a balancer outside of the cluster, by the program's name.
    ///
    /// - Throws: `InvalidInput` where there is none, or the inventory wants none.
    package func balancer(_ name: String) throws(InvalidInput) -> String {
        try Renderer(edition: edition, cluster: cluster, part: part).balancer(name)
    }

    /// The passwords as they are to be: those that the operator gives, else the cluster's, else new ones.
    ///
    /// - Parameters:
    ///   - given: passwords that the operator gives.
    ///   - kept: what a cluster without a Secret of its own had before, for volumes that outlived it.
    ///   - applier: the way to the cluster.
    /// - Returns: a value for every key of the edition.
    /// - Throws: ``ManifestError/fixedSecret(_:)`` for one that would lock a database.
    package func secrets(
        given: SecretValues, kept: SecretValues, in applier: Applier
    ) async throws -> SecretValues {
        var generator = SystemRandomNumberGenerator()
        let own = try await applier.existingSecrets(of: edition, namespace: part.namespace)
        return try SecretValues.resolved(
            for: edition, given: given, existing: own.keys.isEmpty ? kept : own, using: &generator)
    }
}
