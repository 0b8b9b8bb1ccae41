import ArgumentParser
import Assets
import Cryptography
import Inventory
import Manifests
import Playbook
import Provisioning
import YAML

/// A plan as `plan --out` keeps it: what it was made of, and every step that would change something.
///
/// It holds no secrets.
struct KeptPlan {
    /// The schema of the file.
    static let schema = "mooc-cluster-plan/1"

    /// A step that would change something.
    struct Step: Equatable {
        /// The host's name.
        let host: String
        /// The phase's identifier.
        let phase: String
        /// The step's name.
        let step: String
        /// How a file would change; nil where it is no file, or would show a secret.
        let diff: String?

        /// The file that it is about; nil where that is not known.
        var file: String? {
            // the first line names the file, or /dev/null where it is new; the second the same or /dev/null
            for line in (diff ?? "").split(separator: "\n").prefix(2) {
                let path = line.dropFirst(4).prefix { $0 != " " }
                if path != "/dev/null" { return String(path) }
            }
            return nil
        }
    }

    /// The cluster's name.
    let cluster: String
    /// The version of the tool that made it.
    let version: String
    /// A keyed hash of the inventory and of all playbooks and manifests.
    let inputs: String
    /// The hosts of `--limit`; nil means all.
    let hosts: [String]?
    /// The phases that are left out.
    let skipped: [String]
    /// The steps, in the order of hosts.
    let steps: [Step]
    /// What would change of the application: each object with its change as JSON; nil where the cluster was not there yet
    /// to ask, or there is no application.
    let objects: [String: String]?

    /// Makes the plan that an operation has just made.
    ///
    /// - Throws: ``FileError`` when the inventory cannot be read again.
    init(_ operation: Operation, skipped: [String], _ pending: Deployment.Pending?) throws {
        let site = operation.site
        let redaction = operation.context.redaction
        cluster = site.cluster.name
        version = MoocCluster.configuration.version
        inputs = try Self.hash(of: site, operation.context)
        hosts = site.hosts?.sorted()
        self.skipped = skipped
        steps = operation.hosts.flatMap { operation.plan.of($0.name) }.map {
            Step(
                host: $0.host, phase: $0.phase, step: redaction.clean($0.step),
                diff: $0.diff.map { redaction.clean($0) })
        }
        objects = pending?.changes.map { changes in
            Dictionary(
                changes.map { change in
                    // Which images nodes have changes by itself, and nothing of what would be done.
                    var change = change
                    change.fetches = []
                    return (
                        "\(change.id.namespace.map { "\($0)/" } ?? "")\(change.id)",
                        redaction.clean(strings: change.json).json()
                    )
                },
                uniquingKeysWith: { first, _ in first })
        }
    }

    /// Reads one; nil for what is none, or of another schema.
    init?(_ node: Node) {
        guard node["schema"]?.text == Self.schema, let cluster = node["cluster"]?.text,
            let version = node["version"]?.text, let inputs = node["inputs"]?.text,
            let skipped = node["skipPhases"]?.items, let steps = node["steps"]?.items,
            let objects = node["application"]
        else { return nil }
        self.cluster = cluster
        self.version = version
        self.inputs = inputs
        hosts = node["hosts"]?.items?.compactMap(\.text)
        self.skipped = skipped.compactMap(\.text)
        self.steps = steps.map { step in
            let diff = step["diff"].flatMap { $0.isNull ? nil : $0.text }
            return Step(
                host: step["host"]?.text ?? "", phase: step["phase"]?.text ?? "",
                step: step["step"]?.text ?? "", diff: diff)
        }
        self.objects = objects.items.map { items in
            Dictionary(
                items.map { ($0["object"]?.text ?? "", $0["change"]?.text ?? "") },
                uniquingKeysWith: { first, _ in first })
        }
    }

    /// The file's content.
    ///
    /// - Parameters:
    ///   - made: when the plan was made.
    ///   - estimate: how long it takes, for whoever reads the file; the plan holds without it.
    /// - Returns: an object.
    func json(made: String, _ estimate: PlanEstimate) -> Node {
        [
            "schema": .string(Self.schema), "cluster": .string(cluster), "version": .string(version),
            "made": .string(made), "inputs": .string(inputs),
            "hosts": hosts.map { .sequence($0.map { .string($0) }) } ?? .null,
            "skipPhases": .sequence(skipped.map { .string($0) }),
            "steps": .sequence(
                steps.map { step in
                    [
                        "host": .string(step.host), "phase": .string(step.phase),
                        "step": .string(step.step), "diff": step.diff.map { .string($0) } ?? .null,
                    ]
                }),
            "estimate": estimate.json,
            "application": objects.map { objects in
                .sequence(
                    objects.sorted { $0.key < $1.key }.map {
                        ["object": .string($0.key), "change": .string($0.value)]
                    })
            } ?? .null,
        ]
    }

    /// A hash of all that decides a plan besides the hosts; with a key of its own, so that it is like no other hash of
    /// the same inventory.
    static func hash(of site: Site, _ context: Context) throws -> String {
        var text = String(decoding: try Files.read(context.path(site.cluster.file)), as: UTF8.self)
        if case .file(let path) = site.cluster.kubernetes.networkPlugin {
            text += "\0" + String(decoding: try Files.read(context.path(path)), as: UTF8.self)
        }
        for asset in site.assets.all { text += "\0\(asset.path)\0\(asset.text)" }
        guard let digits = HMACSHA256.digits(of: text, key: schema) else {
            throw Complaint(.failed, "libcrypto has no memory left")
        }
        return digits
    }
}
