/// Why a run does not have its cluster to itself.
package enum LockError: Error, Sendable, Hashable {
    /// Another run holds the lock of the cluster on this host.
    case held(by: LockHolder, cluster: String, host: String)
    /// Another run has taken the lock over, so this one was stopped.
    case taken(by: LockHolder, cluster: String)
    /// The host can keep no lock, with what it says.
    case impossible(host: String, reason: String)
}

extension LockError: CustomStringConvertible {
    /// What happened, and what to do.
    package var description: String {
        switch self {
        case .held(let holder, let cluster, let host):
            "the cluster \(cluster) is being worked on by \(holder); wait until that run is over, or end it and "
                + "go on in its place with --take-over (the lock is on \(host))"
        case .taken(let holder, let cluster):
            "the lock of the cluster \(cluster) was taken over by \(holder); this run has stopped, and whatever "
                + "it left half done is repaired by the other one"
        case .impossible(let host, let reason):
            "\(host) cannot keep the cluster's lock: \(reason)"
        }
    }
}
