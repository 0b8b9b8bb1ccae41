import Console
import Inventory
import Manifests
import Playbook
import Provisioning
import YAML

/// Putting a site's application onto its cluster, over the ways of an operation.
struct Deployment: Sendable {
    /// The application.
    let application: Application
    private let operation: Operation

    /// Prepares; nil when the inventory asks for no application.
    ///
    /// - Throws: `InvalidInput` when the edition's files are wrong.
    init?(_ operation: Operation) throws {
        guard let application = try Application.optional(operation.site) else { return nil }
        self.init(application, operation)
    }

    /// Prepares for an application.
    init(_ application: Application, _ operation: Operation) {
        self.application = application
        self.operation = operation
    }

    /// The folders that its volumes need on nodes.
    func folders() throws -> [VolumeFolder] { try application.rendered().folders }

    /// The way to the cluster.
    func applier() async throws -> Applier {
        Applier(kubectl: try await operation.kubectl())
    }

    /// What applying would change; changes nothing.
    func changes() async throws -> [Change] {
        let applier = try await applier()
        return try await applier.changes(
            of: try application.rendered(secrets: try await secrets(in: applier).all))
    }

    /// Everything as it would be applied, with its passwords.
    func rendered() async throws -> Rendered {
        try application.rendered(secrets: try await secrets(in: try await applier()).all)
    }

    /// Removes it from the cluster.
    func destroy(withData: Bool) async throws -> DestroyReport {
        let view = try operation.applyView
        return try await applier().destroy(try application.rendered(), withData: withData) { view.show($0) }
    }

    /// Applies everything, and waits until it is ready.
    func perform() async throws -> ApplyReport {
        let view = try operation.applyView
        let applier = try await applier()
        let secrets = try await secrets(in: applier)
        try kept.keep(secrets.all, given: secrets.given)
        return try await applier.apply(try application.rendered(secrets: secrets.all)) { view.show($0) }
    }

    private var kept: KeptSecrets {
        KeptSecrets(operation.context, application.cluster, namespace: application.openedx.namespace)
    }

    /// The passwords as they are to be, and those of them that the operator gives.
    private func secrets(in applier: Applier) async throws -> (all: SecretValues, given: SecretValues) {
        let given = try await application.given(operation.secrets)
        let all = try await application.secrets(given: given, kept: try kept.read(), in: applier)
        for key in all.keys { all.reveal(key).map { operation.context.redaction.add(Secret($0)) } }
        return (all, given)
    }

    /// What would change after a plan of the phases; nil when that plan failed.
    func pending(after report: RunReport) async throws -> Pending? {
        guard report.isDone else { return nil }
        guard report.changes == 0 else { return Pending(changes: nil) }
        return Pending(changes: try await changes())
    }

    /// What a cluster lacks of the application.
    struct Pending {
        /// What would change; nil when there is no cluster yet, so that all of it would.
        let changes: [Change]?

        /// Whether there is nothing to change.
        var isEmpty: Bool { changes?.isEmpty ?? false }

        /// The parts of a result.
        func parts(_ paint: Paint) -> (json: [(String, Node)], text: String) {
            guard let changes else {
                return ([("application", .null)], "then the application would be applied\n")
            }
            let text = changes.map { $0.text(paint) }.joined()
            return ([("application", .sequence(changes.map(\.json)))], text)
        }
    }
}
