import Manifests
import Provisioning

extension ManifestError {
    /// What went wrong and what to do, for a person.
    var words: String {
        switch self {
        case .fixedSecret(let name):
            "the secret \(name) cannot be changed: its database was started with another one, or learners hold what was signed with it; take it out of the inventory"
        case .unusableSecret(let name, let needs):
            "the secret \(name) is not \(needs); mend it, or take it out of the inventory to have one made"
        case .kubectl(let action, let message):
            (["could not \(action): \(message)"]
                + Self.cause(in: message.split(separator: "\n").map(String.init)))
                .joined(separator: "\n")
        case .unreadable(let action): "could not \(action): the cluster's answer cannot be read"
        case .foreign(let names):
            "these objects are in the cluster and belong to somebody else: \(names.joined(separator: ", ")); "
                + "remove them or choose another namespace for it"
        case .noStorageClass(let names, let known):
            "the cluster has no StorageClass \(names.joined(separator: ", ")); "
                + (known.isEmpty
                    ? "it has none at all; install one first" : "it has \(known.joined(separator: ", "))")
        case .noAutoscaler("ScaledObject"):
            "the cluster has no KEDA, and 'autoscaler: keda' needs it; install it first, or take that out"
        case .noAutoscaler:
            "nothing in the cluster measures what pods use (the API metrics.k8s.io), and 'maxReplicas' needs that; "
                + "install metrics-server first, or take it out"
        case .otherEdition(let name, let wanted):
            "the cluster has the edition \(name), whose data \(wanted) cannot take over; "
                + "write 'edition: \(name)' into the inventory to keep it, or end it with "
                + "`mooc-cluster destroy --with-volumes`: \(wanted) then begins with empty volumes, "
                + "and what the folders of the old ones hold stays on their nodes"
        case .otherSizes(let sizes):
            (["applying changes no size of a volume:"] + sizes.map { "  \($0.words)" })
                .joined(separator: "\n")
        case .stuck(let wave, let reasons):
            (["\(wave): not everything became ready"] + reasons.map(\.words)
                + Self.cause(in: reasons.flatMap { $0.log + $0.causes })).joined(separator: "\n")
        }
    }

    /// What is known about why, from what the cluster said.
    static func cause(in lines: [String]) -> [String] {
        guard let (cause, evidence) = KnownCause.find(in: lines) else { return [] }
        return [
            "  cause: \(cause.cause) (\(cause.name))", "  evidence: \(evidence)",
            "  next: \(cause.next(on: "the first control plane"))",
        ]
    }
}

extension VolumeSize {
    /// What is to be done about it, for a person.
    var words: String {
        grows
            ? "\(claim) has \(has), and \(wanted) is wanted: `mooc-cluster volume resize \(claim) \(wanted)`"
            : "\(claim) has \(has), and volumes do not shrink to \(wanted): write, in the inventory,"
                + " volumeSizes: { \(claim): \(has) }"
    }
}

extension StuckReason {
    /// What is known, and the last lines of the log, for a person.
    var words: String {
        let place = [pod, node.map { "on \($0)" }].compactMap { $0 }.joined(separator: " ")
        let head = place.isEmpty ? workload : "\(workload) (\(place))"
        let lines = log.isEmpty ? [] : ["  last lines:"] + log.map { "    | \($0)" }
        return (["\(head): \(causes.joined(separator: "; "))"] + lines).joined(separator: "\n")
    }
}
