internal import CLibSSH
internal import Glibc

/// A connection to one host, on a thread of its own; it does one thing at a time.
///
/// The connection ends with the last reference to it. All calls of libssh are made without blocking, and all
/// waiting is done in one `poll`, so that a cancelled task is let go within milliseconds.
package actor Session {
    private let thread = SessionThread()
    /// The session's own thread.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// The host.
    let target: Target
    /// The connection; never touched outside the actor.
    let ssh = SessionHandle()
    /// Ends a wait when the task is cancelled.
    let wake = Wake()
    /// When a wait of connecting has been too long.
    var deadline: Deadline
    /// What was offered to the host.
    var offers = Offers()
    /// The key that the host showed; nil before that, and where nothing is compared.
    package internal(set) var hostKey: HostKey?
    /// Whether the host still shows signs of life.
    var liveness: Liveness
    /// The host on the way, which carries the bytes as long as somebody holds it.
    private var jumpHost: JumpHost?

    private init(_ target: Target) {
        self.target = target
        deadline = Deadline(seconds: target.timeoutSeconds)
        liveness = Liveness(limit: target.silenceLimitSeconds)
        ssh_set_blocking(ssh.raw, 0)
    }

    // The connection ends on the thread that it was used on.
    isolated deinit {}

    /// Connects to a host, compares its key and logs in.
    ///
    /// No more handshakes with one sshd are under way at once than a stock one takes, and a host that hangs up
    /// before its first word all the same (MaxStartups) is asked again until the time is over.
    ///
    /// - Throws: ``SSHError``; never anything that needs the text to be told apart.
    package static func connect(_ settings: SSHSettings) async throws(SSHError) -> Session {
        let target = try ClientConfiguration.target(for: settings)
        let patience = Deadline(seconds: target.timeoutSeconds)
        var pause = 100
        while true {
            let session = Session(target)
            do {
                try await target.run.handshakes.holding(target.sshd) { () throws(SSHError) in
                    try await session.start()
                }
                return session
            } catch {
                guard case .lost = error.kind, !patience.hasPassed else { throw error }
                // Many that were refused together must not come back together.
                try? await Task.sleep(for: .milliseconds(Int.random(in: pause...2 * pause)))
                pause = min(2 * pause, 1000)
            }
        }
    }

    private func start() async throws(SSHError) {
        try await interruptible { session throws(SSHError) in try await session.open() }
    }

    private func open() async throws(SSHError) {
        try configure()
        let known = KnownHosts(files: target.knownHostsFiles + target.globalKnownHostsFiles)
        // Read once for all that is to be known before the host shows its key.
        let lines = target.hostKeyPolicy == .unchecked ? [] : known.lines(about: target.knownHostsName)
        let certification = try await certification(by: lines)
        // The hosts on the way, and the look for a certificate, have their own time.
        deadline = Deadline(seconds: target.timeoutSeconds)
        preferKnownHostKeys(lines, certification)
        try await reach()
        deadline = Deadline(seconds: target.timeoutSeconds)
        let rc = try settle("its SSH version and keys") { ssh.connect() }
        guard rc == SSH_OK else { throw failed("the key exchange") }
        try await checkHostKey(known, certification)
        deadline = Deadline(seconds: target.timeoutSeconds)
        try await authenticate()
    }

    /// Makes the way to the host: TCP, the configuration's own command, or other hosts.
    private func reach() async throws(SSHError) {
        if let socket = try await socket() {
            guard ssh.give(socket) else { throw failed("the socket") }
        } else if let command = target.proxyCommand {
            try set(SSH_OPTIONS_PROXYCOMMAND, command)
        }
    }

    /// A connection to the host, by TCP or over other hosts; nil where the configuration's own command makes it.
    func socket() async throws(SSHError) -> Descriptor? {
        if var next = target.jump.last {
            let (near, far) = try Network.pair(for: target, blocks: false)
            let socket = Descriptor(near)
            let end = Descriptor(far)
            if target.jump.count > 1 { next.jump = target.jump.dropLast() }
            next.passed = target.passed + [target.sshd]
            let host = try await target.run.jumpHosts.host(next)
            try await host.connect(end, to: target)
            jumpHost = host
            return socket
        }
        guard target.proxyCommand == nil else { return nil }
        return try Network.connect(to: target, wake: wake, deadline: deadline)
    }

    /// Tells libssh the settings.
    private func configure() throws(SSHError) {
        // Its own reading of configuration files would come after our settings and replace them.
        _ = ssh.set(SSH_OPTIONS_PROCESS_CONFIG, false)
        _ = ssh.set(SSH_OPTIONS_NODELAY, Int32(1))
        // For libssh's own messages: the connection is ours, and so is the look into known hosts.
        _ = ssh.set(SSH_OPTIONS_HOST, target.hostName)
        _ = ssh.set(SSH_OPTIONS_PORT, Int32(target.port))
        try set(SSH_OPTIONS_USER, target.user)
        try set(SSH_OPTIONS_KNOWNHOSTS, "/dev/null")
        try set(SSH_OPTIONS_GLOBAL_KNOWNHOSTS, "/dev/null")
        for algorithm in target.algorithms {
            for option in algorithm.kind.options { try set(option, algorithm.names) }
        }
    }

    private func set(_ option: ssh_options_e, _ value: String) throws(SSHError) {
        guard ssh.set(option, value) else {
            throw target.error(.protocolFailure(reason: ssh.failure("libssh refuses the setting “\(value)”")))
        }
    }

    /// Lets the connection go; the session is of no use afterwards.
    package func close() {
        ssh_disconnect(ssh.raw)
        jumpHost = nil
    }
}

extension Session {
    /// Runs a body whose waits end when the task is cancelled.
    func interruptible<Value: Sendable>(
        _ body: (isolated Session) async throws(SSHError) -> Value
    ) async throws(SSHError) -> Value {
        wake.clear()
        let result: Result<Value, SSHError> = await withTaskCancellationHandler {
            do throws(SSHError) {
                return .success(try await body(self))
            } catch {
                return .failure(error)
            }
        } onCancel: { [wake] in
            wake.raise()
        }
        return try result.get()
    }

    /// Repeats a call of libssh until it has its answer.
    ///
    /// - Parameters:
    ///   - what: what the host is waited for, for the message.
    ///   - again: what the call returns while it has no answer.
    ///   - evenIfCancelled: whether it goes on for a task that was cancelled.
    ///   - call: the call.
    /// - Returns: the answer.
    /// - Throws: `.timedOut` or `.cancelled`.
    func settle(
        _ what: String, again: Int32 = SSH_AGAIN, evenIfCancelled: Bool = false, _ call: () -> Int32
    ) throws(SSHError) -> Int32 {
        while true {
            let rc = call()
            guard rc == again else { return rc }
            // libssh goes on waiting for the answer of a host that has hung up.
            guard ssh_is_connected(ssh.raw) != 0 else { return SSH_ERROR }
            guard !Task.isCancelled || evenIfCancelled else {
                throw target.error(.cancelled(commandMayRun: false))
            }
            guard !deadline.hasPassed else { throw target.error(.timedOut(waitingFor: what)) }
            wait(deadline.milliseconds)
        }
    }

    /// Waits until the connection can go on, the task is cancelled, or that many milliseconds have passed.
    ///
    /// - Parameters:
    ///   - milliseconds: the longest wait; −1 is without end.
    ///   - others: descriptors and the events on them that end the wait too.
    func wait(_ milliseconds: Int32, or others: [(descriptor: Int32, events: Int32)] = []) {
        let isWriting = ssh_get_poll_flags(ssh.raw) & SSH_WRITE_PENDING != 0
        var waits = [
            pollfd(fd: ssh_get_fd(ssh.raw), events: Int16(isWriting ? POLLIN | POLLOUT : POLLIN), revents: 0),
            pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        waits += others.map { pollfd(fd: $0.descriptor, events: Int16($0.events), revents: 0) }
        let limit = liveness.milliseconds
        poll(&waits, nfds_t(waits.count), milliseconds < 0 ? limit : min(milliseconds, limit))
    }

    /// Asks a silent host for a sign of life when it is time to.
    ///
    /// - Parameter what: what the host is waited for, for the message.
    /// - Throws: `.lost` when the host has been silent for too long.
    func stayAlive(_ what: String) throws(SSHError) {
        // Not who waits for bytes tells: sending a question takes in its answer, when that comes at once.
        liveness.hear(ssh.received)
        switch liveness.step() {
        case .wait: break
        case .ask:
            // The first call takes the answer to the question before, where it came; then the second one asks.
            ssh_send_keepalive(ssh.raw)
            ssh_send_keepalive(ssh.raw)
        case .giveUp:
            let seconds = Int(target.silenceLimitSeconds.rounded())
            throw target.error(.lost(reason: "no sign of life for \(seconds) s (waiting for \(what))"))
        }
    }

    /// The error behind a call that libssh says has failed.
    func failed(_ what: String) -> SSHError {
        let reason = ssh.failure("\(what) failed, and libssh does not say why")
        return target.error(
            ssh_is_connected(ssh.raw) == 0 ? .lost(reason: reason) : .protocolFailure(reason: reason))
    }
}
