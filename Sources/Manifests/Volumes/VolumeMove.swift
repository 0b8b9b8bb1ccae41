internal import YAML

/// Brings volumes that lie on a node to another one; an interrupted move is finished by the same move.
///
/// What is wanted is what the inventory says, so the volumes as rendered lie on the new node already. The steps, each of
/// which can be done twice: who uses the claims is scaled down; the folder is copied by two pods, and compared; a record
/// in the cluster says that the copy is whole; volume and claim are deleted and made anew for the new node; who uses the
/// claims comes back as rendered; the old folder gets a name that tells what it is. It is never deleted.
package struct VolumeMove: Sendable {
    /// What happens, for whoever watches.
    package enum Event: Sendable, Hashable {
        /// A workload is scaled down.
        case stopped(ObjectID)
        /// A folder is copied: the claim, and the node that it comes from.
        case copying(String, from: String)
        /// A claim is bound to its volume on the new node.
        case bound(String)
        /// Workloads that are waited for.
        case applied(ApplyEvent)
    }

    /// A folder that stays where a volume was.
    package struct Remainder: Sendable, Hashable {
        /// The node.
        package var node: String
        /// The folder.
        package var folder: String
    }

    /// The application as it would be applied; its secrets may be hidden.
    let rendered: Rendered
    /// The claims.
    let claims: [String]
    /// The node that they are to be on.
    let target: String
    /// The image of the pods that copy.
    let image: String
    /// The cluster.
    let applier: Applier
    /// Runs a shell script as root where kubectl reaches the cluster, and gives its exit code and what it said.
    let shell: @Sendable (_ script: String) async throws -> (code: Int32, said: String)

    /// Prepares; nothing is asked yet.
    package init(
        of claims: [String], to target: String, in rendered: Rendered, with applier: Applier,
        image: String = Proof.image,
        shell: @escaping @Sendable (_ script: String) async throws -> (code: Int32, said: String)
    ) {
        self.claims = claims
        self.target = target
        self.rendered = rendered
        self.applier = applier
        self.image = image
        self.shell = shell
    }

    /// The record of the copies that are whole: the old node of each claim.
    static let record = "volume-move"

    var client: ClusterClient { applier.client }
    var place: [String] { ["--namespace=\(rendered.namespace)"] }

    /// Where the volume of a claim is, and where it goes.
    struct Step {
        /// The claim, which the volume has the name of.
        let claim: String
        /// The volume as it is to be.
        let volume: ManifestObject
        /// The claim as it is to be.
        let object: ManifestObject
        /// The folder on both nodes.
        let folder: String
        /// The volume as the cluster has it; nil where an earlier move has taken it away.
        let status: VolumeStatus?
        /// The node that it comes from; nil where that is not known any more, since nothing is left to do there.
        let source: String?
        /// Whether the copy is whole and the old volume may go.
        let isCopied: Bool
        /// Whether the cluster has the volume on the new node.
        let isThere: Bool
    }

    /// Does it.
    ///
    /// - Returns: the folders that stay on the old nodes; none where all was there already.
    /// - Throws: ``VolumeMoveError``, ``ManifestError/stuck(wave:reasons:)`` when what uses the claims does not come
    ///   back, and what asking the cluster throws.
    package func perform(onEvent: @Sendable (Event) -> Void) async throws -> [Remainder] {
        let (open, users) = try await work()
        guard !open.isEmpty else { return [] }
        let moving = open.filter { !$0.isThere }
        // KEDA would start again what is scaled down; a HorizontalPodAutoscaler lets be what has no pods.
        let scalers = rendered.foundations.filter { object in
            object.kind == "ScaledObject" && users.contains { $0.name == Autoscale(object)?.service }
        }
        if !moving.isEmpty {
            for scaler in scalers { try await applier.delete(scaler.id) }
            try await stop(users, onEvent)
            for step in moving where !step.isCopied {
                guard let source = step.source else { throw VolumeMoveError.noVolume(step.claim) }
                onEvent(.copying(step.claim, from: source))
                try await copy(step, from: source)
            }
            for step in moving { try await bind(step, onEvent) }
        }
        let ids = Set(users.map(\.id))
        for wave in rendered.waves {
            var wave = wave
            wave.objects = wave.objects.filter { ids.contains($0.id) }
            guard !wave.objects.isEmpty else { continue }
            _ = try await client.apply(wave.objects, dryRun: false)
            try await applier.wait(for: wave) { onEvent(.applied($0)) }
        }
        _ = try await client.apply(scalers, dryRun: false)
        var remainders: [Remainder] = []
        for step in open { remainders += try await finish(step) }
        try await clean()
        return remainders
    }

    /// Scales who uses the claims down, and waits until no pod has them.
    private func stop(_ users: [ManifestObject], _ onEvent: (Event) -> Void) async throws {
        for user in try await client.present(users) where user.replicas > 0 {
            try await client.run(
                ["scale", "\(user.id)", "--replicas=0"] + place, for: "scale \(user.name) down")
            onEvent(.stopped(user.id))
        }
        var left: [String] = []
        let isFree = try await applier.poll(for: .seconds(600)) {
            left = try await applier.volumes(of: [rendered.namespace])
                .filter { claims.contains($0.claim) }.flatMap(\.pods)
            return left.isEmpty
        }
        guard isFree else { throw VolumeMoveError.inUse(by: Set(left).sorted()) }
    }

    /// Puts the volume on the new node in the place of the old one.
    private func bind(_ step: Step, _ onEvent: (Event) -> Void) async throws {
        try await applier.delete(step.object.id)
        try await applier.delete(step.volume.id)
        try await applier.offer([step.volume])
        _ = try await client.apply([step.object], dryRun: false)
        guard try await applier.bind([step.object]) else { throw VolumeMoveError.notBound(step.claim) }
        onEvent(.bound(step.claim))
    }
}

/// Why volumes are not moved.
package enum VolumeMoveError: Error, Sendable, Hashable {
    /// The application has no such claim; those that it has.
    case unknown(String, known: [String])
    /// The volume of a claim is no folder of a node.
    case notLocal(String)
    /// The inventory says that a claim lies on another node.
    case inventory(String, says: String)
    /// The node is not there, or not ready.
    case noNode(String)
    /// The cluster has no volume of a claim.
    case noVolume(String)
    /// A workload uses another claim, whose volume is on another node.
    case together(ObjectID, with: String, on: String)
    /// Pods still use the claims.
    case inUse(by: [String])
    /// The copy did not come to its end, and what was said.
    case copy(String, said: String)
    /// The claim was not bound to its new volume.
    case notBound(String)
}
