import ArgumentParser
import Console
import Inventory
import Manifests
import Playbook
import Provisioning
import YAML

/// The command `volume move`.
struct VolumeMoving: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "move",
        abstract: "Bring the volumes of claims to another node; who uses them stops meanwhile.",
        discussion: """
            Say first in the inventory where they are to be (`volumeNodes`, or the node of `storage`): what is applied \
            later goes by that. Then who uses the claims is scaled down, their folders are copied through the cluster \
            and compared, the claims are bound to volumes on the new node, and who uses them comes back. Interrupted \
            at any point, the same command finishes it. The old folder stays, under a name that ends in \
            .moved-to-NODE. Claims that the same pod mounts go together.

            Examples:
              mooc-cluster volume move mysql --to n4 --plan
              mooc-cluster volume move openedx-media openedx-data --to n5 --yes
            """)

    @Argument(help: "The claims.")
    var claims: [String]

    @Option(help: ArgumentHelp("The node that they are to be on, as the inventory says.", valueName: "node"))
    var to: String

    @OptionGroup var which: ApplicationOptions
    @OptionGroup var plan: PlanOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        _ = try site.cluster.host(to)
        let application = try Application.having(claims, of: site, which)
        let operation = Operation("volume-move", site, hosts, context, streams: true)
        let rendered = try application.rendered()
        let view = try await operation.applyView
        let plane = try await operation.controlPlane()
        let move = VolumeMove(
            of: claims, to: to, in: rendered, with: Applier(kubectl: try await operation.kubectl())
        ) { script in
            // Its results are those of the one host.
            let results = await Errand(.words(["sh", "-c", script]), asRoot: true)
                .run(on: [plane], parallel: 1, operation.surroundings)
            let ending = try results.first?.get()
            let said = (ending?.pieces ?? []).flatMap(\.bytes)
            return (ending?.code ?? 1, context.redaction.clean(String(decoding: said, as: UTF8.self)))
        }
        let intent = await MoveIntent(try await move.plan(), to: to, operation)
        guard !plan.isOn else {
            operation.conclude(intent.json, text: intent.text, common.output)
            return intent.lines.isEmpty ? .done : .pending
        }
        if !intent.lines.isEmpty {
            context.console.list(intent.lines, .note)
            try await common.confirm(
                "Stop what uses \(claims.joined(separator: ", ")), and bring the data to \(to)?", context)
        }
        return try await operation.alone(lock) {
            let left = try await move.perform { event in
                switch event {
                case .stopped(let id): context.console.say("scaled down: \(id)")
                case .copying(let claim, let node): context.console.say("copying \(claim) from \(node)")
                case .bound(let claim): context.console.say("\(claim) is bound to its volume on \(to)")
                case .applied(let event): view.show(event)
                }
            }
            operation.conclude(
                [
                    "claims": .sequence(claims.map { .string($0) }), "node": .string(to),
                    "left": .sequence(
                        left.map { ["node": .string($0.node), "folder": .string($0.folder)] }),
                ],
                text: left.isEmpty
                    ? "\(claims.joined(separator: ", ")): on \(to) already\n"
                    : "\(claims.joined(separator: ", ")): on \(to) now\n"
                        + left.map { "old data stays: \($0.node):\($0.folder)\n" }.joined(), common.output)
            return .done
        }
    }
}

extension VolumeMoveError {
    /// What is wrong and what to do, for a person.
    var words: String {
        switch self {
        case .unknown(let claim, let known):
            "the application has no claim '\(claim)'; it has \(known.joined(separator: ", "))"
        case .notLocal(let claim): "the volume of \(claim) is no folder of one node that this tool has made"
        case .inventory(let claim, let node):
            "the inventory says that \(claim) lies on \(node), and what is applied next goes by that; write"
                + " 'volumeNodes: { \(claim): … }' with the new node first"
        case .noNode(let name): "the cluster has no node \(name) that is ready"
        case .noVolume(let claim): "the cluster has no volume of \(claim); `mooc-cluster apply` makes it"
        case .together(let id, let claim, let node):
            "\(id) also mounts \(claim), which is on \(node), and a pod stands on one node; move both at once"
        case .inUse(let pods):
            "still in use by \(pods.joined(separator: ", ")); end these, and run this again"
        case .copy(let claim, let said): "\(claim) was not copied, and is as it was: \(said); run this again"
        case .notBound(let claim): "\(claim) is not bound to its new volume yet; run this again"
        }
    }
}
