import Synchronization

/// One run of a playbook on a host, over as many connections as it takes.
final class RunAttempt: Sendable {
    /// What cancelling writes to a program: more than the 8 KiB that a shell may have read ahead, so that one
    /// whole line is left for the program's own ear whatever the shell has swallowed.
    private static let stopLines = [UInt8](repeatElement(Array("stop\n".utf8), count: 4096).joined())
    /// What tells a program that all it said was heard.
    private static let doneLine = Array("done\n".utf8)
    /// How often in a row a connection may break before it brings any news.
    private static let patience = 10

    private let playbook: Playbook
    private let mode: RunMode
    private let privilege: Privilege
    private let onEvent: @Sendable (StepEvent) -> Void
    private let token: @Sendable () -> String
    private let compile: @Sendable (String) -> (Program, CompileOptions)
    private let first: (program: Program, options: CompileOptions)
    private let state: Mutex<(run: RunState, isThanked: Bool)>

    /// Prepares a run; nothing is sent yet.
    init(
        playbook: Playbook, mode: RunMode, privilege: Privilege,
        onEvent: @escaping @Sendable (StepEvent) -> Void, redactor: Redactor,
        token: @escaping @Sendable () -> String,
        compile: @escaping @Sendable (String) -> (Program, CompileOptions)
    ) {
        self.playbook = playbook
        self.mode = mode
        self.privilege = privilege
        self.onEvent = onEvent
        self.token = token
        self.compile = compile
        first = compile(token())
        state = Mutex(
            (RunState(playbook: playbook, redactor: redactor, token: first.program.token), false))
    }

    /// Runs to the end.
    ///
    /// - Throws: ``PlaybookError``, or what the transport or `reconnect` throws.
    func run(on transport: any Transport, reconnect: Runner.Reconnect?) async throws -> HostResult {
        var (program, options) = first
        var sent = program
        var transport = transport
        var (told, breaks) = (-1, 0)
        while true {
            do {
                let end = try await send(sent, on: transport)
                if case .gone = state.withLock({ $0.run.resumption?.verdict }) {
                    if state.withLock({ $0.run.isDetached }) { tell(.restarted) }
                    (program, options) = restart()
                    sent = program
                    continue
                }
                return try verdict(end, sent)
            } catch let error where !(error is PlaybookError) {
                if let result = ended() { return result }
                guard let reconnect, !Task.isCancelled else { throw error }
                let news = state.withLock { $0.run.told }
                breaks = news == told ? breaks + 1 : 0
                told = news
                guard breaks < Self.patience else { throw PlaybookError.neverHeard(reason: "\(error)") }
                transport = try await reconnect(error) { self.onEvent(.disconnected(reason: $0)) }
                onEvent(.reconnected)
            }
            if mode == .apply {
                sent = Compiler.follow(from: state.withLock { $0.run.position }, options: options)
                state.withLock { $0.run.resume() }
            } else {
                (program, options) = restart()
                sent = program
            }
        }
    }

    private func send(_ program: Program, on transport: any Transport) async throws -> CommandEnd {
        let command = RemoteCommand(
            privilege.commandLine, input: privilege.inputPrefix + Array(program.text.utf8),
            closesInput: false, onCancel: Self.stopLines, reply: { self.thanks() })
        return try await transport.run(command) { piece in
            for event in self.state.withLock({ $0.run.take(piece) }) { self.onEvent(event) }
        }
    }

    /// What tells the program, once, that its end was heard, where it waits for that.
    private func thanks() -> [UInt8] {
        state.withLock { state in
            guard state.run.isDetached, state.run.hasEnded || state.run.isKilled, !state.isThanked else {
                return []
            }
            state.isThanked = true
            return Self.doneLine
        }
    }

    private func restart() -> (Program, CompileOptions) {
        let (program, options) = compile(token())
        state.withLock { $0.run.restart(token: program.token) }
        return (program, options)
    }

    private func tell(_ event: StepEvent) {
        for event in state.withLock({ $0.run.tell(event) }) { onEvent(event) }
    }

    /// The result, if the program has said that it is at its end.
    private func ended() -> HostResult? {
        state.withLock { $0.run.hasEnded ? $0.run.result : nil }
    }

    private func verdict(_ end: CommandEnd, _ sent: Program) throws(PlaybookError) -> HostResult {
        for event in state.withLock({ $0.run.finish() }) { onEvent(event) }
        let run = state.withLock { $0.run }
        if let resumption = run.resumption, resumption.verdict == nil {
            throw StartFailure.error(
                end: end, output: resumption.lines, program: sent, playbook: playbook,
                usesSudo: privilege.usesSudo)
        }
        if !run.hasStarted {
            throw StartFailure.error(
                end: end, output: run.preamble, program: sent, playbook: playbook,
                usesSudo: privilege.usesSudo)
        }
        if !run.hasEnded { throw .cutShort(end, step: run.current) }
        return run.result
    }
}
