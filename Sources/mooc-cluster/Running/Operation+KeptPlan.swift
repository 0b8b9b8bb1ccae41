import ArgumentParser
import Console
import Inventory
import Manifests
import Playbook
import Provisioning
import YAML

extension KeptPlan {
    /// Reads a file.
    ///
    /// - Throws: ``FileError``, or ``Complaint`` when it is no plan that this version of the tool can carry out.
    static func read(_ path: String, _ context: Context) throws -> KeptPlan {
        let diagnostics = Diagnostics()
        let bytes = try Files.read(context.path(path))
        guard let node = YAMLParser.document(bytes, file: path, diagnostics: diagnostics),
            let plan = KeptPlan(node)
        else {
            throw Complaint(
                .badInput, "\(path) is no plan of the schema \(schema); `mooc-cluster plan --out` makes one")
        }
        let version = MoocCluster.configuration.version
        guard plan.version == version else {
            throw Complaint(
                .failed, "\(path) was made by version \(plan.version), this is \(version); make it anew")
        }
        return plan
    }

    /// The site with the hosts that the plan is for.
    ///
    /// - Throws: ``Complaint`` when it was made of something else.
    func site(_ site: Site, _ context: Context) throws -> Site {
        guard cluster == site.cluster.name else {
            throw Complaint(.failed, "the plan is for the cluster '\(cluster)', not '\(site.cluster.name)'")
        }
        guard try Self.hash(of: site, context) == inputs else {
            throw Complaint(
                .failed,
                "the inventory, a playbook or a manifest has changed since the plan was made; make it anew")
        }
        return Site(cluster: site.cluster, assets: site.assets, hosts: hosts.map { Set($0) })
    }
}

extension Operation {
    /// Makes a plan anew and compares it with one that was kept.
    ///
    /// - Returns: how the process ends when they are not the same, which is said then; nil when they are.
    /// - Throws: what a plan throws.
    func refusal(
        of kept: KeptPlan, _ deployment: Deployment, _ rendered: [Rendered], _ format: OutputFormat
    ) async throws -> ExitStatus? {
        let settings = try settings(.plan, skipped: kept.skipped)
        let report = try await watched { onEvent in
            try await Run(
                site.cluster, surroundings, settings, folders: rendered.flatMap(\.folders),
                demand: Demand(of: rendered.map(\.demand)), onEvent: onEvent
            ).perform()
        }
        guard report.isDone else { return finish(report, isPlan: true, format) }
        let now = try KeptPlan(self, skipped: kept.skipped, try await deployment.pending(after: report))
        let drift = kept.drift(to: now)
        guard !drift.isEmpty else { return nil }
        for item in drift { console.say(item.message, .error) }
        console.say("the plan does not hold any more, and nothing was changed; make it anew", .error)
        let json: Node = [
            "drift": .sequence(
                drift.map { item in
                    [
                        "host": item.host.map { .string($0) } ?? .null,
                        "file": item.file.map { .string($0) } ?? .null, "message": .string(item.message),
                    ]
                })
        ]
        conclude(json, text: "", format)
        return .failed
    }
}
