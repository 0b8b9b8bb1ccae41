internal import Glibc
internal import Synchronization

/// Stands between libssh and the operator's agent, and shows only the keys that are to be offered.
///
/// libssh offers every key of an agent until the host hangs up, and has no other way to let an agent sign.
actor AgentFilter {
    private let thread = SessionThread()
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
    private let agent: String
    private let shown = Mutex<[AgentKey]>([])

    /// Makes a filter before the agent of that socket.
    init(agent: String) { self.agent = agent }

    /// Chooses the keys that libssh sees when it asks the next time.
    nonisolated func show(_ keys: [AgentKey]) {
        shown.withLock { $0 = keys }
    }

    /// Answers libssh until it hangs up.
    ///
    /// - Parameter socket: the other end of libssh's agent socket; it is closed at the end.
    func serve(_ socket: Int32) {
        let libssh = Agent(Descriptor(socket))
        // A signature may wait for somebody to touch a key or to confirm its use.
        guard let agent = Agent(path: agent, seconds: 60) else { return }
        while let request = libssh.receive() {
            if request.first == Agent.requestIdentities {
                guard libssh.send(answer()) else { return }
            } else {
                let reply = agent.send(translated(request)) ? agent.receive() : nil
                guard libssh.send(reply ?? Agent.failure) else { return }
            }
        }
    }

    /// A request to sign with a certificate, as one to sign with the key that it is for.
    private func translated(_ request: [UInt8]) -> [UInt8] {
        var rest = WireMessage(bytes: request.dropFirst())
        guard request.first == Agent.signRequest, let blob = rest.string().map({ Array($0) }),
            let signer = shown.withLock({ keys in keys.first { $0.blob == blob }?.signer })
        else { return request }
        return [Agent.signRequest] + WireMessage.string(signer) + rest.bytes
    }

    private func answer() -> [UInt8] {
        let keys = shown.withLock { $0 }
        return keys.reduce([Agent.identitiesAnswer] + WireMessage.number(keys.count)) {
            $0 + WireMessage.string($1.blob) + WireMessage.string([UInt8]($1.comment.utf8))
        }
    }
}
