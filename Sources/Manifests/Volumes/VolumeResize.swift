internal import YAML

/// Gives the volume of a claim the size that the inventory says; an interrupted one is finished by the same.
///
/// A folder of a node or of an NFS server has no size of its own: there the volume says how much it is meant for, the
/// claim keeps the request that it was made with (see ``VolumeSize``), and nothing that runs notices. A volume of a
/// StorageClass is grown by the class's driver: the claim asks for more, the driver gives it, and where the driver wants
/// that, the kubelet then grows the file system of a volume that is mounted, or when it next is
/// (kubernetes.io, "Expanding Persistent Volumes Claims").
package struct VolumeResize: Sendable {
    /// The application as it would be applied; its secrets may be hidden.
    let rendered: Rendered
    /// The claim.
    let claim: String
    /// The size, as the operator has typed it.
    let size: String
    /// The cluster.
    let applier: Applier

    /// Prepares; nothing is asked yet.
    package init(of claim: String, to size: String, in rendered: Rendered, with applier: Applier) {
        self.claim = claim
        self.size = size
        self.rendered = rendered
        self.applier = applier
    }

    /// What is to be done.
    package struct Step: Sendable {
        /// The two sizes.
        package let size: VolumeSize
        /// Where the volume lies, and who has it mounted.
        package let volume: VolumeStatus
        /// All volumes of the application.
        package let volumes: [VolumeStatus]
        /// The StorageClass that grows it; nil for a folder.
        package let storageClass: String?
        /// What is applied: the volume of a folder, else the claim.
        let object: ManifestObject
        /// Whether nothing is left to do.
        package let isDone: Bool

        /// What it does, as `diff` says it.
        package var change: Change { Change(size, in: volume.namespace) }
    }

    /// How a volume of a StorageClass stands after its claim has asked for more.
    package enum Ending: Sendable, Hashable {
        /// It has its size.
        case done
        /// Its file system grows when a pod mounts it; none does now.
        case whenMounted
    }

    private var client: ClusterClient { applier.client }

    /// Looks what is to be done; changes nothing.
    ///
    /// - Throws: ``VolumeResizeError`` for what cannot be done, and what asking the cluster throws.
    package func step() async throws -> Step {
        let claims = rendered.foundations.filter { $0.kind == "PersistentVolumeClaim" }
        guard let object = claims.first(where: { $0.name == claim }) else {
            throw VolumeResizeError.unknown(claim, known: claims.map(\.name).sorted())
        }
        let name = object.node[path: ["spec", "volumeName"]]?.text
        let volume = rendered.foundations.first { $0.kind == "PersistentVolume" && $0.name == name }
        let holder = volume ?? object
        let path = volume == nil ? VolumeSize.request : VolumeSize.capacity
        let says = holder.node[path: path]?.text ?? ""
        guard VolumeSize(claim: claim, has: says, wanted: size).isRight else {
            throw VolumeResizeError.inventory(claim, says: says)
        }
        let live = try await client.present([object] + (volume.map { [$0] } ?? []))
        guard let now = live.first(where: { $0.id == object.id }),
            let has = live.first(where: { $0.id == holder.id })?.node[path: path]?.text
        else { throw VolumeResizeError.noVolume(claim) }
        let volumes = try await applier.volumes(of: [rendered.namespace])
        guard let status = volumes.first(where: { $0.claim == claim }) else {
            throw VolumeResizeError.noVolume(claim)
        }
        let sizes = VolumeSize(claim: claim, has: has, wanted: says)
        guard sizes.isRight || sizes.grows else { throw VolumeResizeError.shrinks(sizes) }
        guard volume == nil else {
            return Step(
                size: sizes, volume: status, volumes: volumes, storageClass: nil, object: holder,
                isDone: sizes.isRight)
        }
        let storageClass = object.node[path: ["spec", "storageClassName"]]?.text ?? ""
        let isDone = sizes.isRight && isLarge(now)
        if !isDone {
            guard status.phase == "Bound" else { throw VolumeResizeError.notBound(claim) }
            try await checkClass(storageClass)
        }
        return Step(
            size: sizes, volume: status, volumes: volumes, storageClass: storageClass, object: object,
            isDone: isDone)
    }

    /// Does it, and waits until the volume has its size.
    ///
    /// - Returns: how a volume of a StorageClass stands then; a folder's is done.
    /// - Throws: ``VolumeResizeError``, and what asking the cluster throws.
    package func perform(onEvent: @Sendable (String) -> Void) async throws -> Ending {
        let step = try await step()
        guard !step.isDone else { return .done }
        _ = try await client.apply([step.object], dryRun: false)
        guard step.storageClass != nil else { return .done }
        var (said, ending) = ("", Ending?.none)
        _ = try await applier.poll(for: .seconds(600)) {
            guard let now = try await client.present([step.object]).first else {
                throw VolumeResizeError.noVolume(claim)
            }
            if isLarge(now) {
                ending = .done
            } else if now.node.condition(Self.pending)?["status"]?.text == "True", step.volume.pods.isEmpty {
                ending = .whenMounted
            }
            let words = Self.words(now.node)
            if words != said, ending == nil { onEvent(words) }
            said = words
            return ending != nil
        }
        if let ending { return ending }
        let events = try await client.objects(
            ["get", "events", "--namespace=\(rendered.namespace)", "--field-selector=type=Warning"],
            for: "look at the events")
        throw VolumeResizeError.stalled(
            claim, pods: step.volume.pods, because: [said] + StuckReasons.messages(of: [claim], in: events))
    }

    /// The condition of a claim whose file system has yet to grow.
    private static let pending = "FileSystemResizePending"

    /// Whether a claim has what it is to have, and nothing of it is left to do.
    private func isLarge(_ claim: ManifestObject) -> Bool {
        let has = claim.node[path: ["status", "capacity", "storage"]]?.text ?? "0"
        return !VolumeSize(claim: self.claim, has: has, wanted: size).grows
    }

    /// How far a claim is, by its conditions.
    private static func words(_ claim: Node) -> String {
        let conditions = (claim[path: ["status", "conditions"]]?.items ?? []).filter {
            $0["status"]?.text == "True"
        }
        guard !conditions.isEmpty else { return "its driver has said nothing yet" }
        return conditions.map { condition in
            let message = condition["message"]?.text.flatMap { $0.isEmpty ? nil : ": \($0)" } ?? ""
            return (condition["type"]?.text ?? "") + message
        }.joined(separator: "; ")
    }

    /// Whether a class lets its volumes grow.
    private func checkClass(_ name: String) async throws {
        let classes = try await client.objects(["get", "storageclasses"], for: "look for StorageClasses")
        let found = classes.first { $0[path: ["metadata", "name"]]?.text == name }
        guard found?["allowVolumeExpansion"]?.resolved == .bool(true) else {
            throw VolumeResizeError.fixedClass(name, isThere: found != nil)
        }
    }
}

/// Why a volume does not get another size.
package enum VolumeResizeError: Error, Sendable, Hashable {
    /// The application has no such claim; those that it has.
    case unknown(String, known: [String])
    /// The inventory says another size.
    case inventory(String, says: String)
    /// The cluster has no such claim, or no volume of it.
    case noVolume(String)
    /// The size is smaller than the one that there is.
    case shrinks(VolumeSize)
    /// The claim has no volume yet.
    case notBound(String)
    /// The StorageClass does not let volumes grow, or is not there.
    case fixedClass(String, isThere: Bool)
    /// The node has less room than the volume could come to need: MiB.
    case noRoom(String, on: String, needs: Int, free: Int)
    /// The volume has not got its size in time; the pods that have it mounted, and what is known about why.
    case stalled(String, pods: [String], because: [String])
}
