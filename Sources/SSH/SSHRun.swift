internal import Synchronization

/// What the sessions of one run share: hosts on the way, the handshakes under way, and what logged in.
package final class SSHRun: Sendable {
    /// The sessions to hosts on the way.
    let jumpHosts = JumpHosts()
    /// The handshakes under way.
    let handshakes = HandshakeLimit()
    private let logins = Mutex<[String: [LoginWay]]>([:])
    private let prompts = Mutex(0)

    /// Makes a run that knows nothing yet.
    package init() {}

    /// A number that no other question of this run has.
    func promptNumber() -> Int {
        prompts.withLock { number in
            number += 1
            return number
        }
    }

    /// Remembers what a host took.
    ///
    /// - Parameters:
    ///   - ways: all that it wanted, in order.
    ///   - host: the host, as `user@name:port`.
    func remember(_ ways: [LoginWay], of host: String) {
        logins.withLock { $0[host] = ways }
    }

    /// What a host took before, in order; empty for a new one.
    func known(of host: String) -> [LoginWay] { logins.withLock { $0[host] ?? [] } }

    /// Whether any host took it.
    func hasWorked(_ way: LoginWay) -> Bool { logins.withLock { $0.values.contains { $0.contains(way) } } }
}
