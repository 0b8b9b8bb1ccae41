import Synchronization

/// Runs playbooks on hosts.
package struct Runner: Sendable {
    /// What cancelling writes to a program: more than the 8 KiB that a shell may have read ahead, so that one
    /// whole line is left for the program's own ear whatever the shell has swallowed.
    static let stopLines = [UInt8](repeatElement(Array("stop\n".utf8), count: 4096).joined())

    private let token: @Sendable () -> String
    private let stateFolder: String

    /// Makes a runner.
    ///
    /// - Parameters:
    ///   - stateFolder: the hosts' folder that remembers which handlers are due.
    ///   - token: gives a new word for a run, which no output contains by chance.
    package init(
        stateFolder: String = "/run/mooc-cluster",
        token: @escaping @Sendable () -> String = Runner.randomToken
    ) {
        self.stateFolder = stateFolder
        self.token = token
    }

    /// A word with 128 random bits.
    package static func randomToken() -> String {
        "mc-" + String(UInt64.random(in: .min ... .max), radix: 36)
            + String(UInt64.random(in: .min ... .max), radix: 36)
    }

    /// Runs a playbook on one host.
    ///
    /// Cancelling the task lets the running step end, runs nothing more, and gives the result so far with
    /// ``HostResult/isStopped``.
    ///
    /// - Parameters:
    ///   - playbook: what to run.
    ///   - values: all values; the playbook gets the ones that it names.
    ///   - mode: whether to carry out or to look.
    ///   - privilege: how to get to be root; left alone when all steps are the login user's.
    ///   - transport: the way to the host.
    ///   - onEvent: called in order for what happens; secrets are taken out.
    /// - Returns: how it went, also where a step failed.
    /// - Throws: ``PlaybookError``, or what the transport throws.
    package func run(
        _ playbook: Playbook, values: Values, mode: RunMode, privilege: Privilege,
        on transport: any Transport,
        onEvent: @escaping @Sendable (StepEvent) -> Void = { _ in }
    ) async throws -> HostResult {
        let missing = playbook.values.filter { values[$0] == nil }
        guard missing.isEmpty else { throw PlaybookError.missingValues(missing) }
        for name in playbook.values where values[name]?.unicodeScalars.contains("\0") == true {
            throw PlaybookError.unusableValue(name)
        }
        let privilege = playbook.needsRoot ? privilege : .none
        let program = Compiler.compile(
            playbook, values: values, mode: mode,
            options: CompileOptions(token: token(), usesSudo: privilege.usesSudo, stateFolder: stateFolder))
        var redactor = Redactor(values)
        if case .sudoWithPassword(let password) = privilege { redactor.add(password.reveal()) }
        let state = Mutex(RunState(playbook: playbook, redactor: redactor, token: program.token))
        let command = RemoteCommand(
            privilege.commandLine, input: privilege.inputPrefix + Array(program.text.utf8),
            closesInput: false,
            onCancel: Self.stopLines)
        let end = try await transport.run(command) { piece in
            for event in state.withLock({ $0.take(piece) }) { onEvent(event) }
        }
        for event in state.withLock({ $0.finish() }) { onEvent(event) }
        return try state.withLock { state in
            if !state.hasStarted {
                throw StartFailure.error(
                    end: end, output: state.preamble, program: program, playbook: playbook,
                    usesSudo: privilege.usesSudo)
            }
            if !state.hasEnded { throw PlaybookError.cutShort(end, step: state.current) }
            return state.result
        }
    }
}
