import ArgumentParser
import Console
import Inventory
import Manifests
import Playbook
import Provisioning
import YAML

/// The command `volume resize`.
struct VolumeResizing: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "resize",
        abstract: "Give the volume of a claim the larger size that the inventory says.",
        discussion: """
            Say first in the inventory how large it is to be (`volumeSizes`): what is applied later goes by that. \
            A folder of a node or of an NFS server enforces no size: the number says how much it is meant for, the \
            node must have room for it, and nothing stops. A volume of a StorageClass is grown by the driver of its \
            class, which must allow that (`allowVolumeExpansion`), and is waited for. Volumes do not shrink. \
            Interrupted at any point, the same command finishes it.

            Examples:
              mooc-cluster volume resize mysql 40Gi --plan
            """)

    @Argument(help: "The claim.")
    var claim: String

    @Argument(help: "The size that it is to have, as the inventory says, such as 40Gi.")
    var size: String

    @OptionGroup var which: ApplicationOptions
    @OptionGroup var plan: PlanOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let application = try Application.having([claim], of: site, which)
        let operation = Operation("volume-resize", site, hosts, context, streams: true)
        let applier = Applier(kubectl: try await operation.kubectl())
        let resize = VolumeResize(of: claim, to: size, in: try application.rendered(), with: applier)
        let step = try await resize.step()
        guard !step.isDone else {
            conclude(step, "\(claim) has \(step.size.has) already", operation)
            return .done
        }
        if let node = step.volume.nodes.first, step.volume.folder != nil {
            try await operation.checkRoom(for: step, on: node)
        }
        context.console.say(step.words)
        guard !plan.isOn else { return operation.planned([step.change], common.output) }
        try await common.confirm("Give \(claim) \(step.size.wanted) in place of \(step.size.has)?", context)
        return try await operation.alone(lock) {
            let ending = try await resize.perform { context.console.say("\(claim): \($0)") }
            let after =
                ending == .whenMounted ? "; its file system grows when a pod mounts it, as none does now" : ""
            conclude(step, "\(claim) has \(step.size.wanted) now\(after)", operation)
            return .done
        }
    }

    private func conclude(_ step: VolumeResize.Step, _ text: String, _ operation: Operation) {
        operation.conclude(
            [
                "claim": .string(claim), "volume": step.volume.volume.map { .string($0) } ?? .null,
                "storageClass": step.storageClass.map { .string($0) } ?? .null,
                "before": .string(step.size.has), "size": .string(step.size.wanted),
                "enforced": .bool(step.storageClass != nil),
            ],
            text: text + "\n", common.output)
    }
}

extension VolumeResize.Step {
    /// What would be done, for a person.
    fileprivate var words: String {
        guard let storageClass else {
            let place = volume.folder.map { "\(volume.nodes.joined()):\($0)" } ?? volume.source ?? ""
            let room = volume.folder == nil ? "; whether the server has the room is not known here" : ""
            return "\(size.claim) is a folder (\(place)), which enforces no size: the volume is said to have"
                + " \(size.wanted), and nothing stops\(room)"
        }
        let users =
            volume.pods.isEmpty
            ? "no pod has it mounted" : "mounted by \(volume.pods.joined(separator: ", "))"
        return "\(size.claim) asks the StorageClass \(storageClass) for \(size.wanted); \(users)"
    }
}

extension Operation {
    /// Whether the node of a folder has the room that it may come to need; says where all folders there have not.
    ///
    /// - Throws: ``VolumeResizeError/noRoom(_:on:needs:free:)``, and what reaching the node throws.
    fileprivate func checkRoom(for step: VolumeResize.Step, on node: String) async throws {
        let host = try site.cluster.host(node)
        let script = #"LC_ALL=C df -Pk -- "$1" | awk 'NR == 2 { print int($4 / 1024) }'"#
        let results = await Errand(
            .words(["sh", "-c", script, "sh", step.volume.folder ?? "/"]), asRoot: true
        ).run(on: [host], parallel: 1, surroundings)
        let output = try results.first?.get().pieces.filter { $0.stream == .output }.flatMap(\.bytes) ?? []
        let free = Int(String(decoding: output, as: UTF8.self).filter(\.isNumber))
        guard let free else {
            throw Complaint(.failed, "\(node) does not say how much room \(step.volume.folder ?? "/") has")
        }
        let neighbours = step.volumes.filter { $0.nodes == [node] && $0.folder != nil }
        let used = await used(by: neighbours, parallel: 1)
        func growth(of volume: VolumeStatus) -> Int {
            let size = volume.claim == step.size.claim ? step.size.wanted : volume.size
            return max(0, (Quantity.mebibytes(size) ?? 0) - (used[volume] ?? 0) / 1_048_576)
        }
        let needs = growth(of: step.volume)
        guard needs <= free else {
            throw VolumeResizeError.noRoom(step.size.claim, on: node, needs: needs, free: free)
        }
        let all = neighbours.map(growth).reduce(0, +)
        if all > free {
            console.say(
                "all volumes here may come to need \(all)Mi more, and \(free)Mi are free", .warning,
                host: node)
        }
    }
}

extension VolumeResizeError {
    /// What is wrong and what to do, for a person.
    var words: String {
        switch self {
        case .unknown(let claim, let known):
            "the application has no claim '\(claim)'; it has \(known.joined(separator: ", "))"
        case .inventory(let claim, let size):
            "the inventory says that \(claim) has \(size), and what is applied next goes by that; write"
                + " 'volumeSizes: { \(claim): … }' with the new size first"
        case .noVolume(let claim):
            "the cluster has no volume of \(claim); `mooc-cluster apply` makes it in its size"
        case .shrinks(let size):
            "\(size.claim) has \(size.has), and volumes do not shrink; for less, copy what is in it to a new one"
        case .notBound(let claim):
            "\(claim) has no volume yet, and only one that has can grow; `mooc-cluster volume list` says who waits for it"
        case .fixedClass(let name, true):
            "the StorageClass \(name) does not let its volumes grow; where its driver can do that, set"
                + " 'allowVolumeExpansion: true' in it, and run this again"
        case .fixedClass(let name, false):
            "the StorageClass \(name) is not in the cluster any more, so nobody lets its volumes grow"
        case .noRoom(let claim, let node, let needs, let free):
            "\(claim) may come to need \(needs)Mi more on \(node), and \(free)Mi are free there; make room, or bring it"
                + " to another node with `mooc-cluster volume move`"
        case .stalled(let claim, let pods, let reasons):
            "\(claim) has asked for its size and not got it in time: \(reasons.joined(separator: "; ")); "
                + (pods.isEmpty
                    ? "run this again"
                    : "where its driver grows only what nobody has mounted, end \(pods.joined(separator: ", ")) first,"
                        + " and run this again")
        }
    }
}
