import Inventory
import Manifests
import Playbook
import Provisioning
import YAML

extension Application {
    /// The application of a site; nil when the inventory asks for none.
    ///
    /// - Throws: `InvalidInput` with everything that is wrong in the edition's files, and ``FileError`` for those of
    ///   the certificate.
    static func optional(_ site: Site) throws -> Application? {
        let diagnostics = Diagnostics()
        func text(_ path: String) throws -> String { String(decoding: try Files.read(path), as: UTF8.self) }
        let certificate = try site.cluster.openedx?.certificate.map { files in
            GivenCertificate(chain: try text(files.chain), key: try text(files.key))
        }
        let application = Application(
            site.cluster, files: site.assets.manifests, certificate: certificate, diagnostics: diagnostics)
        if diagnostics.hasErrors { throw InvalidInput(diagnostics.sorted) }
        return application
    }

    /// The application of a site that must have one.
    ///
    /// - Throws: ``Complaint`` when it has none, and what is wrong in the edition's files.
    static func required(_ site: Site) throws -> Application {
        guard let application = try optional(site) else {
            throw Complaint(.badInput, "\(site.cluster.file): the inventory has no part 'openedx'; add one")
        }
        return application
    }

    /// The passwords that the inventory gives.
    func given(_ reader: SecretReader) async throws -> SecretValues {
        var values: [String: String] = [:]
        for (name, source) in openedx.secrets {
            values[name] = try await reader.secret(source, what: "The secret \(name)").reveal()
        }
        return SecretValues(values)
    }
}
