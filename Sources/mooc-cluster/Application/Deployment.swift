import Console
import Inventory
import Manifests
import Playbook
import Provisioning
import YAML

/// Putting applications of a site onto its cluster, over the ways of an operation.
struct Deployment: Sendable {
    /// The applications, in the order in which they are applied.
    let applications: [Application]
    let operation: Operation

    /// Prepares for all that the inventory asks for, which may be none.
    ///
    /// - Throws: `InvalidInput` when the editions' files are wrong.
    init(_ operation: Operation) throws {
        self.init(try Application.all(operation.site), operation)
    }

    /// Prepares for some applications.
    init(_ applications: [Application], _ operation: Operation) {
        self.applications = applications
        self.operation = operation
    }

    /// Everything as it would be applied, with passwords hidden.
    func hidden() throws -> [Rendered] { try applications.map { try $0.rendered() } }

    /// The way to the cluster.
    private func applier() async throws -> Applier {
        Applier(kubectl: try await operation.kubectl())
    }

    /// What applying would change; changes nothing.
    func changes() async throws -> [Change] {
        let applier = try await applier()
        var changes: [Change] = []
        for rendered in try await rendered(applier) { changes += try await applier.changes(of: rendered) }
        return changes
    }

    /// Everything as it would be applied, with its passwords.
    func rendered() async throws -> [Rendered] { try await rendered(try await applier()) }

    private func rendered(_ applier: Applier) async throws -> [Rendered] {
        var all: [Rendered] = []
        for application in applications {
            let secrets = try await secrets(of: application, in: applier)
            all.append(try application.rendered(secrets: secrets.all))
        }
        return all
    }

    /// What ``destroy(withData:)`` would remove; changes nothing.
    func doomed(withData: Bool) async throws -> [Change] {
        let applier = try await applier()
        var changes: [Change] = []
        for rendered in try hidden().reversed() {
            changes += try await applier.doomed(rendered, withData: withData)
        }
        return changes
    }

    /// Removes them from the cluster, the last one first.
    func destroy(withData: Bool) async throws -> [DestroyReport] {
        let view = try await operation.applyView
        let applier = try await applier()
        var reports: [DestroyReport] = []
        for rendered in try hidden().reversed() {
            reports.append(try await applier.destroy(rendered, withData: withData) { view.show($0) })
        }
        return reports
    }

    /// Applies everything, one application after the other, and waits until each is ready.
    func perform() async throws -> [ApplyReport] {
        let view = try await operation.applyView
        let applier = try await applier()
        var reports: [ApplyReport] = []
        for application in applications {
            let secrets = try await secrets(of: application, in: applier)
            try kept(of: application).keep(secrets.all, given: secrets.given)
            let rendered = try application.rendered(secrets: secrets.all)
            if applications.count > 1 { operation.console.say("applying \(application.edition.title)") }
            reports.append(try await applier.apply(rendered) { view.show($0) })
        }
        return reports
    }

    private func kept(of application: Application) -> KeptSecrets {
        KeptSecrets(operation.context, application.cluster, namespace: application.part.namespace)
    }

    /// The passwords as they are to be, and those of them that the operator gives.
    private func secrets(
        of application: Application, in applier: Applier
    ) async throws -> (all: SecretValues, given: SecretValues) {
        let given = try await application.given(operation.secrets)
        let all = try await application.secrets(
            given: given, kept: try kept(of: application).read(), in: applier)
        if let certificate = application.certificate {
            operation.context.redaction.add(Secret(certificate.key))
        }
        operation.context.redaction.add(all, of: application.edition)
        return (all, given)
    }
}
