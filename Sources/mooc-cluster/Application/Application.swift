import Inventory
import Manifests
import Playbook
import Provisioning
import YAML

extension Application {
    /// The applications of a site, in the order in which they are applied.
    ///
    /// - Throws: `InvalidInput` with everything that is wrong in the editions' files, and ``FileError`` for those of
    ///   a certificate or an authority.
    static func all(_ site: Site) throws -> [Application] {
        try read(site.cluster.applications, of: site)
    }

    /// The applications of a site that must have some, or those of them that a person names.
    ///
    /// - Throws: ``Complaint`` when there are none, or none of a name, and what ``all(_:)`` throws.
    static func chosen(_ site: Site, _ names: [String]) throws -> [Application] {
        let parts = site.cluster.applications
        let known = parts.map(\.application)
        guard !parts.isEmpty else {
            throw Complaint(
                .badInput,
                "\(site.cluster.file): the inventory asks for no application; add a part 'openedx' or 'applications'"
            )
        }
        if let wrong = names.first(where: { !known.contains($0) }) {
            throw Complaint(
                .usage,
                "--application: the inventory has no application '\(wrong)'; it has \(known.joined(separator: ", "))"
            )
        }
        return try read(parts.filter { names.isEmpty || names.contains($0.application) }, of: site)
    }

    /// Where uploaded files lie, and which volumes are not needed for them; nil where they lie on volumes.
    var filesOutside: String? {
        guard let store = part.s3, let claims = edition.s3?.part.claims else { return nil }
        return "what people upload lies at \(store.endpoint); no volumes are needed for it"
            + " (\(claims.joined(separator: ", ")))"
    }

    /// The one application that has some claims.
    ///
    /// - Throws: ``Complaint`` when none has them, or several have, and what ``chosen(_:_:)`` throws.
    static func having(_ claims: [String], of site: Site, _ which: ApplicationOptions) throws -> Application {
        let all = try chosen(site, which.application)
        let having = all.filter { application in
            claims.allSatisfy { claim in application.edition.claims.contains { $0.name == claim } }
        }
        guard let application = having.first, having.count == 1 else {
            let known = all.flatMap { $0.edition.claims.map(\.name) }.joined(separator: ", ")
            throw Complaint(
                .usage,
                having.isEmpty
                    ? "no application has the claims \(claims.joined(separator: ", ")); there are \(known)"
                    : "several applications have such claims; name one with --application")
        }
        return application
    }

    /// The learning platform of a site that must have one.
    ///
    /// - Throws: ``Complaint`` when it has none, and what is wrong in the edition's files.
    static func platform(_ site: Site) throws -> Application {
        guard let part = site.cluster.openedx, let application = try read([part], of: site).first else {
            throw Complaint(.badInput, "\(site.cluster.file): the inventory has no part 'openedx'; add one")
        }
        return application
    }

    private static func read(_ parts: [ApplicationPart], of site: Site) throws -> [Application] {
        let diagnostics = Diagnostics()
        func text(_ path: String) throws -> String { String(decoding: try Files.read(path), as: UTF8.self) }
        let files = site.assets.manifests
        let applications = try parts.compactMap { part in
            let certificate = try part.certificate.map { files in
                GivenCertificate(chain: try text(files.chain), key: try text(files.key))
            }
            let authorities = try part.stores.compactMap { store in
                try store.authority.map { (store.name, try text($0)) }
            }
            return Application(
                part, of: site.cluster, files: files, certificate: certificate,
                authorities: Dictionary(authorities) { $1 }, diagnostics: diagnostics)
        }
        if diagnostics.hasErrors { throw InvalidInput(diagnostics.sorted) }
        return applications
    }

    /// The passwords that the inventory gives.
    func given(_ reader: SecretReader) async throws -> SecretValues {
        var values: [String: String] = [:]
        for (name, source) in part.secrets {
            values[name] = try await reader.secret(source, what: "The secret \(name)").reveal()
        }
        return SecretValues(values)
    }
}
