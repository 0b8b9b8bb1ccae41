import Console
import Inventory
import Manifests
import Playbook
import Provisioning
import YAML

/// Putting the inventory's application onto its cluster, over the ways of an operation.
struct Deployment: Sendable {
    /// The application.
    let application: Application
    private let operation: Operation

    /// Prepares; nil when the inventory asks for no application.
    ///
    /// - Throws: `InvalidInput` when the edition's files are wrong.
    init?(_ operation: Operation) throws {
        guard let application = try Application(operation.site) else { return nil }
        self.application = application
        self.operation = operation
    }

    /// What a cluster that stands lacks of the application.
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

    /// What would change after a plan of the phases; nil when that plan failed.
    func pending(after report: RunReport) async throws -> Pending? {
        guard report.isDone else { return nil }
        guard report.changes == 0 else { return Pending(changes: nil) }
        return Pending(changes: try await changes())
    }

    /// What applying would change; changes nothing.
    func changes() async throws -> [Change] {
        let applier = Applier(kubectl: try await operation.kubectl())
        return try await applier.changes(of: try await application.rendered(for: applier, operation.secrets))
    }

    /// Makes the folders of volumes, applies everything, and waits until it is ready.
    ///
    /// - Throws: ``Complaint`` when folders could not be made, and what applying throws.
    func perform(rerunJobs: Bool = false) async throws -> ApplyReport {
        let applier = Applier(kubectl: try await operation.kubectl())
        let rendered = try await application.rendered(for: applier, operation.secrets)
        try await makeFolders(rendered)
        let view = ApplyView(operation.context)
        return try await applier.apply(rendered, rerunJobs: rerunJobs) { view.show($0) }
    }

    /// Makes the folders that volumes need, on the nodes that hold them.
    private func makeFolders(_ rendered: Rendered) async throws {
        var settings = try operation.settings(.apply)
        settings.hosts = Set(rendered.folders.compactMap(\.node))
        guard settings.hosts?.isEmpty == false else { return }
        let report = try await operation.watched { [settings] onEvent in
            try await Play(operation.site.cluster, operation.surroundings, settings, onEvent: onEvent)
                .perform(["playbooks/volumes.yml"]) { host in
                    var values = Values()
                    values["VOLUME_FOLDERS"] = rendered.folderLines(on: host.name)
                    return values
                }
        }
        guard !report.isDone else { return }
        operation.sayTrouble(report)
        throw Complaint(report.status, "the folders of the volumes could not be made")
    }
}
