import Glibc
import Synchronization

/// A child process with pipes to its three standard streams.
final class LocalProcess: Sendable {
    /// What the operating system refused, and its reason (errno).
    struct StartError: Error, Sendable, CustomStringConvertible {
        /// The call that failed.
        let call: String
        /// Its errno.
        let code: Int32

        /// The call and the reason in words.
        var description: String { "\(call): \(String(cString: strerror(code)))" }
    }

    private let pid: pid_t
    private let input: Int32
    private let output: Int32
    private let error: Int32
    private let wakeUp: (read: Int32, write: Int32)
    /// For how many milliseconds outputs are silent before it is looked whether the process has ended.
    private static let silence: Int32 = 500
    /// Whether the descriptors are closed, after which cancelling must not touch them.
    private let isOver = Mutex(false)

    /// One process is started at a time: a pipe of one that is not yet marked close-on-exec must not leak
    /// into the other, where it would keep the pipe open.
    private static let starting = Mutex(())

    private init(pid: pid_t, pipes: [(read: Int32, write: Int32)]) {
        self.pid = pid
        input = pipes[0].write
        output = pipes[1].read
        error = pipes[2].read
        wakeUp = pipes[3]
    }

    /// Starts a command line.
    ///
    /// - Throws: ``StartError``.
    static func start(_ line: String, environment: [String]) throws(StartError) -> LocalProcess {
        try starting.withLock { _ throws(StartError) in try startAlone(line, environment) }
    }

    private static func startAlone(_ line: String, _ environment: [String]) throws(StartError) -> LocalProcess
    {
        var pipes: [(read: Int32, write: Int32)] = []
        do {
            for _ in 0..<4 { pipes.append(try pipe()) }
            let pid = try spawn(line, environment, [pipes[0].read, pipes[1].write, pipes[2].write])
            for end in [pipes[0].read, pipes[1].write, pipes[2].write] { close(end) }
            for end in [pipes[0].write, pipes[1].read, pipes[2].read, pipes[3].write] {
                _ = fcntl(end, F_SETFL, O_NONBLOCK)
            }
            return LocalProcess(pid: pid, pipes: pipes)
        } catch {
            for pipe in pipes { [pipe.read, pipe.write].forEach { close($0) } }
            throw error
        }
    }

    /// Tells the thread that talks to the process that its task is cancelled.
    func wake() {
        isOver.withLock { isOver in
            var byte: UInt8 = 1
            if !isOver { _ = write(wakeUp.write, &byte, 1) }
        }
    }

    /// Writes the input, reads both outputs until they are closed or the process has ended and they are
    /// silent, and waits for the end, all of it blocking.
    func converse(_ command: RemoteCommand, onOutput: (OutputPiece) -> Void) -> CommandEnd {
        // A write to a process that is gone must be an error here, not the end of this program; the mask is
        // the thread's own, and the thread ends after this.
        var mask = sigset_t()
        sigemptyset(&mask)
        sigaddset(&mask, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &mask, nil)
        var talk = Talk(pending: command.input, closesInput: command.closesInput)
        while talk.openOutputs > 0 {
            if talk.pending.isEmpty && talk.closesInput { talk.closeInput(input) }
            var polls = [
                pollfd(fd: talk.isOutputOpen ? output : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: talk.isErrorOpen ? error : -1, events: Int16(POLLIN), revents: 0),
                pollfd(
                    fd: talk.isInputOpen && !talk.pending.isEmpty ? input : -1, events: Int16(POLLOUT),
                    revents: 0),
                pollfd(fd: talk.isCancelled ? -1 : wakeUp.read, events: Int16(POLLIN), revents: 0),
            ]
            let count = poll(&polls, nfds_t(polls.count), Self.silence)
            if count == 0, hasEnded(&talk) { break }
            if polls[3].revents != 0 { cancel(command, &talk) }
            if polls[0].revents != 0 { talk.isOutputOpen = read(output, .output, onOutput) }
            if polls[1].revents != 0 { talk.isErrorOpen = read(error, .error, onOutput) }
            if polls[2].revents != 0 { send(&talk) }
            if talk.isInputOpen { talk.pending += command.reply() }
        }
        if talk.status == nil { wait(&talk, options: 0) }
        isOver.withLock { isOver in
            isOver = true
            for descriptor in [output, error, wakeUp.read, wakeUp.write] { close(descriptor) }
        }
        talk.closeInput(input)
        let status = talk.status ?? 0
        return status & 0x7f == 0 ? .code((status >> 8) & 0xff) : .signal
    }

    /// Whether the process has ended although something holds its outputs open: what it wrote itself has
    /// come when they have been silent twice.
    private func hasEnded(_ talk: inout Talk) -> Bool {
        if talk.status != nil { return true }
        wait(&talk, options: WNOHANG)
        return false
    }

    private func wait(_ talk: inout Talk, options: Int32) {
        var status: Int32 = 0
        var ended = waitpid(pid, &status, options)
        while ended < 0 && errno == EINTR { ended = waitpid(pid, &status, options) }
        if ended != 0 { talk.status = status }
    }

    /// What is left to say and to hear.
    private struct Talk {
        var pending: [UInt8]
        var closesInput: Bool
        var isInputOpen = true
        var isOutputOpen = true
        var isErrorOpen = true
        var isCancelled = false
        /// How the process ended, once it has.
        var status: Int32?

        var openOutputs: Int { (isOutputOpen ? 1 : 0) + (isErrorOpen ? 1 : 0) }

        mutating func closeInput(_ descriptor: Int32) {
            if isInputOpen { close(descriptor) }
            isInputOpen = false
        }
    }

    private func cancel(_ command: RemoteCommand, _ talk: inout Talk) {
        talk.isCancelled = true
        if let bytes = command.onCancel {
            talk.pending += bytes
        } else if talk.status == nil {
            kill(-pid, SIGTERM)
        }
    }

    private func send(_ talk: inout Talk) {
        let count = talk.pending.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
        if count > 0 {
            talk.pending.removeFirst(count)
        } else if errno != EAGAIN && errno != EINTR {
            talk.closeInput(input)
        }
    }

    private func read(
        _ descriptor: Int32, _ stream: OutputPiece.Stream, _ onOutput: (OutputPiece) -> Void
    ) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 32_768)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        if count > 0 {
            onOutput(OutputPiece(stream, Array(buffer[..<count])))
            return true
        }
        return count < 0 && (errno == EAGAIN || errno == EINTR)
    }

    private static func pipe() throws(StartError) -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        guard Glibc.pipe(&ends) == 0 else { throw StartError(call: "pipe", code: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    private static func spawn(
        _ line: String, _ environment: [String], _ streams: [Int32]
    ) throws(StartError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, stream) in streams.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, stream, Int32(number))
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for signal in [SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT] { sigaddset(&signals, signal) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var pid = pid_t()
        let arguments = CStrings(["sh", "-c", line])
        let variables = CStrings(environment)
        let code = posix_spawn(
            &pid, "/bin/sh", &actions, &attributes, arguments.pointers, variables.pointers)
        guard code == 0 else { throw StartError(call: "posix_spawn", code: code) }
        return pid
    }
}
