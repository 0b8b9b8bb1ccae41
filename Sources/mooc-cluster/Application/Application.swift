import Inventory
import Manifests
import Playbook
import YAML

/// The application of an inventory: what would be rendered for it.
struct Application: Sendable {
    /// The edition.
    let edition: Edition
    /// The inventory's part about it.
    let openedx: OpenEdX
    /// Renders it.
    let renderer: Renderer

    /// Reads the edition that the inventory asks for; nil when it asks for none.
    ///
    /// - Throws: `InvalidInput` with everything that is wrong in the edition's files.
    init?(_ site: Site) throws {
        guard let openedx = site.cluster.openedx else { return nil }
        let diagnostics = Diagnostics()
        let folder = "manifests/openedx/\(openedx.edition)"
        guard
            let edition = Edition.read(
                folder: folder, files: site.assets.manifests, diagnostics: diagnostics)
        else { throw InvalidInput(diagnostics.sorted) }
        self.edition = edition
        self.openedx = openedx
        renderer = Renderer(edition: edition, cluster: site.cluster, openedx: openedx)
    }

    /// The application of an inventory that must have one.
    ///
    /// - Throws: ``Complaint`` when it has none, and what ``init(_:)`` throws.
    static func required(_ site: Site) throws -> Application {
        guard let application = try Application(site) else {
            throw Complaint(.badInput, "\(site.cluster.file): the inventory has no part 'openedx'; add one")
        }
        return application
    }

    /// The application with its passwords: those of the inventory, else those of the cluster, else new ones.
    func rendered(for applier: Applier, _ secrets: SecretReader) async throws -> Rendered {
        var given: [String: String] = [:]
        for (name, source) in openedx.secrets {
            given[name] = try await secrets.secret(source, what: "The secret \(name)").reveal()
        }
        var random = SystemRandomNumberGenerator()
        let values = try SecretValues.resolved(
            for: edition, given: SecretValues(given),
            existing: try await applier.existingSecrets(namespace: openedx.namespace), using: &random)
        return try renderer.render(secrets: values)
    }
}
