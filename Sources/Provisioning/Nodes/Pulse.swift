import SSH
import YAML

/// Whether a host lives, as far as it can be told from here.
enum Pulse: Sendable, Hashable {
    /// It answers over SSH, or may: something is at its address, even if it lets nobody in.
    case answers
    /// Nothing came back from its address; the reason.
    case silent(String)

    /// Reads it from how connecting ended.
    ///
    /// A refusal is an answer: whoever refuses is switched on.
    init(_ error: any Error) {
        guard let error = error as? SSHError else {
            self = .answers
            return
        }
        switch error.kind {
        case .unreachable(_, isRefusal: false), .timedOut: self = .silent(error.message)
        default: self = .answers
        }
    }

    /// Why a removal in the way that was asked for cannot be; nil where it can.
    ///
    /// A node that lives is never treated as dead: it must be silent over SSH, and not Ready.
    ///
    /// - Parameters:
    ///   - host: the host's name.
    ///   - asDead: whether it was said to be dead.
    ///   - isReady: whether the cluster hears from it; nil where the cluster does not know it.
    /// - Returns: the reason, and what to do.
    func objection(toRemoving host: String, asDead: Bool, isReady: Bool?) -> Finding? {
        guard case .silent(let reason) = self else {
            guard asDead else { return nil }
            return Finding(
                .error, host: host, "it is not dead: something answers at its address",
                cure: "without --dead it is drained and cleaned")
        }
        if isReady == true {
            return Finding(
                .error, host: host, "\(reason), and yet the cluster hears from it: it is not dead",
                cure: asDead
                    ? "if it went just now, wait a minute until the cluster notices; else mend the way to it"
                    : "mend the way to it")
        }
        if asDead { return nil }
        return Finding(
            .error, host: host,
            "\(reason), and the cluster \(isReady == nil ? "does not know it" : "does not hear from it")",
            cure: "mend it; or, if it is switched off or cut off for good, give --dead")
    }
}
