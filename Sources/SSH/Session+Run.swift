internal import CLibSSH

extension Session {
    /// Runs a command through the user's login shell, and streams both of its outputs while its input is
    /// written.
    ///
    /// When the task is cancelled, the command is told (``SSHCommand/onCancel``) and its end is waited for;
    /// a command that was sent SIGTERM and has not ended 10 s later is left to itself.
    ///
    /// - Parameters:
    ///   - command: what to run.
    ///   - onOutput: called on the session's thread for each piece of output, in the order of arrival.
    /// - Returns: how it ended.
    /// - Throws: ``SSHError``: `.lost`, `.cancelled`, or `.protocolFailure` where the host refuses to run
    ///   commands.
    package func run(
        _ command: SSHCommand, onOutput: @escaping @Sendable (SSHStream, [UInt8]) -> Void
    ) async throws(SSHError) -> SSHEnd {
        try await interruptible { session throws(SSHError) in try session.perform(command, onOutput) }
    }

    private func perform(
        _ command: SSHCommand, _ onOutput: @escaping @Sendable (SSHStream, [UInt8]) -> Void
    ) throws(SSHError) -> SSHEnd {
        guard !Task.isCancelled else { throw target.error(.cancelled(commandMayRun: false)) }
        let events = ChannelEvents(onOutput: onOutput)
        let channel = ChannelHandle(ssh, events)
        deadline = Deadline(seconds: target.timeoutSeconds)
        let opened = try settle("a channel") { ssh_channel_open_session(channel.raw) }
        guard opened == SSH_OK else { throw failed("opening a channel") }
        let started = try settle("the command to start") {
            ssh_channel_request_exec(channel.raw, command.line)
        }
        guard started == SSH_OK else { throw failed("starting the command") }
        let poller = PollerHandle(ssh)
        var input = ChannelInput(command)
        var ending = ChannelEnding()
        liveness.begin()
        while true {
            let isAlive = poller.take()
            if events.isClosed { return events.end ?? .signal("") }
            guard isAlive else { throw target.error(.lost(reason: ssh.failure("the host hung up"))) }
            try stayAlive("the command")
            if Task.isCancelled {
                // The wake-up was for this; left raised, it would keep every later wait from waiting.
                wake.clear()
                if !input.tellCancellation(), !ending.isInGrace {
                    ending.startGrace()
                    terminate()
                }
            }
            guard input.write(to: channel, of: ssh) else { throw failed("writing to the command") }
            if let end = ending.verdict(on: events) { return end }
            guard !ending.isGraceOver else { throw target.error(.cancelled(commandMayRun: true)) }
            wait(ending.milliseconds)
        }
    }

    /// Sends SIGTERM to the group of the command that runs, from a second channel.
    ///
    /// SSH's own signal request would do, but OpenSSH (9.2) ignores it for a login as root, and says so to nobody. The
    /// commands of one connection have the same parent, which is how this one finds the other.
    private func terminate() {
        let line = """
            sh -c 'cd /proc && for p in [0-9]*; do while read -r k v; do
            case $k in PPid:) test "$v" = "$1" && test $p != $$ && test $p != $PPID && kill -TERM -$p; break;; esac
            done <$p/status; done 2>/dev/null' sh $PPID
            """
        let channel = ChannelHandle(ssh, ChannelEvents { _, _ in })
        deadline = Deadline(seconds: target.timeoutSeconds)
        guard
            let opened = try? settle(
                "a channel", evenIfCancelled: true, { ssh_channel_open_session(channel.raw) }),
            opened == SSH_OK
        else { return }
        _ = try? settle("the signal", evenIfCancelled: true) { ssh_channel_request_exec(channel.raw, line) }
    }
}
