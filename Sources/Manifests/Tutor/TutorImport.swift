package import Inventory
package import YAML

/// A Tutor site taken over: the `openedx:` part of an inventory that means the same, its secrets, and what is left.
package struct TutorImport: Sendable {
    /// The part, with secrets named and not shown.
    package let part: Node
    /// The site's passwords and keys, by the edition's names.
    package let secrets: SecretValues
    /// What could not be taken over: each key with the reason and what to do.
    package let left: [Diagnostic]

    /// Where what is taken over goes.
    package struct Target {
        /// The edition.
        package var edition: String
        /// The inventory that the part is for.
        package var inventory: String
        /// The file of secrets, as the part names it.
        package var secretsFile: String
        /// Addresses and networks of the balancer before the site; empty where none is named.
        package var trustedProxies: [String]

        /// Makes one.
        package init(edition: String, inventory: String, secretsFile: String, trustedProxies: [String]) {
            self.edition = edition
            self.inventory = inventory
            self.secretsFile = secretsFile
            self.trustedProxies = trustedProxies
        }
    }

    /// Takes a site over.
    ///
    /// - Parameters:
    ///   - bytes: the text of its `config.yml`.
    ///   - file: that file as the person named it.
    ///   - target: where it goes.
    ///   - files: the files of `manifests/`.
    ///   - surroundings: what is around the inventory; the file of secrets counts as there.
    /// - Throws: `InvalidInput` with everything that cannot fit, and `ManifestError/unusableSecret(_:needs:)`.
    package init(
        _ bytes: [UInt8], file: String, into target: Target, files: [ManifestFile],
        surroundings: Cluster.Surroundings
    ) throws {
        let diagnostics = Diagnostics()
        let folder = "manifests/openedx/\(target.edition)"
        let edition = Edition.read(folder: folder, files: files, diagnostics: diagnostics)
        let table = TutorTable(edition: target.edition, files: files, diagnostics: diagnostics)
        let known = surroundings.edition("openedx/\(target.edition)")
        let site = TutorSite(bytes, file: file, diagnostics: diagnostics)
        guard let edition, let known, let table, let site else { throw InvalidInput(diagnostics.sorted) }
        var making = TutorImporting(site: site, table: table, known: known, diagnostics: diagnostics)
        making.take(target)
        let openedx = ApplicationPart.read(
            part: making.part, for: target.inventory, in: surroundings, diagnostics: diagnostics)
        guard let openedx, !diagnostics.hasErrors else {
            throw InvalidInput(diagnostics.sorted.filter { $0.severity == .error })
        }
        let chosen = edition.chosen(by: openedx)
        making.nameMissing(of: chosen)
        // Whether each is what its key needs.
        var generator = SystemRandomNumberGenerator()
        _ = try SecretValues.resolved(
            for: chosen, given: making.secrets, existing: SecretValues(), using: &generator)
        part = making.part
        secrets = making.secrets
        left = diagnostics.sorted
    }
}
