import Console
import Manifests
import Playbook
import Provisioning
import YAML

extension Deployment {
    /// What would change after a plan of the phases; nil when that plan failed, or where there is no application.
    ///
    /// - Throws: what ``changes()`` throws; not that the cluster could not be asked where the phases have something to
    ///   change, which may be what mends it.
    func pending(after report: RunReport) async throws -> Pending? {
        guard report.isDone, !applications.isEmpty else { return nil }
        guard report.situation?.knownNodes.isEmpty == false else { return Pending(all: try hidden()) }
        do {
            return Pending(changes: try await changes())
        } catch ManifestError.kubectl(let action, let message) where report.changes > 0 {
            operation.console.say(
                "cannot \(action), so this plan does not say what would change of the applications: \(message)",
                .warning)
            return Pending(all: try hidden())
        }
    }

    /// What a cluster lacks of the applications.
    struct Pending {
        /// What would change; nil when there is no cluster yet, so that all of it would.
        let changes: [Change]?
        /// The images that no node has yet.
        let comings: [Forecast.Coming]

        /// Some changes.
        fileprivate init(changes: [Change]) {
            self.changes = changes
            comings = Self.comings(changes.flatMap(\.fetches))
        }

        /// Everything.
        fileprivate init(all: [Rendered]) {
            changes = nil
            comings = Self.comings(all.flatMap(\.objects).flatMap(\.images))
        }

        private static func comings(_ images: [String]) -> [Forecast.Coming] {
            Set(images).sorted().map { Forecast.Coming(image: $0) }
        }

        /// Whether there is nothing to change.
        var isEmpty: Bool { changes?.isEmpty ?? false }

        /// The parts of a result.
        func parts(_ paint: Paint) -> (json: [(String, Node)], text: String) {
            guard let changes else {
                let fetched = comings.map { "    \($0.words)\n" }.joined()
                return ([("application", .null)], "then the manifests would be applied\n" + fetched)
            }
            let text = changes.map { $0.text(paint) }.joined()
            return ([("application", .sequence(changes.map(\.json)))], text)
        }
    }
}
