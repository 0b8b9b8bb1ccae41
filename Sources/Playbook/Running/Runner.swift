import Synchronization

/// Runs playbooks on hosts.
package struct Runner: Sendable {
    /// Opens a new way to a host after one broke.
    ///
    /// It gets the error that ended the old way, and a function that it tells the reason when it goes to try;
    /// it throws an error that is no broken way, or when it has tried for long enough.
    package typealias Reconnect =
        @Sendable (_ error: any Error, _ onLost: @escaping @Sendable (String) -> Void) async throws ->
        any Transport

    /// How to run a playbook, besides what it is.
    package struct Settings: Sendable {
        /// The hosts' folder for journals and the lock; see ``CompileOptions/stateFolder``.
        package var stateFolder: String
        /// The hosts' folder for which handlers are due; see ``CompileOptions/dueFolder``.
        package var dueFolder: String
        /// The hosts' folder for what there was before; see ``CompileOptions/ledgerFolder``.
        package var ledgerFolder: String
        /// The host's name, for the lock; see ``CompileOptions/host``.
        package var host: String
        /// What `mc_patiently` tries again; see ``CompileOptions/passingTrouble``.
        package var passingTrouble: [String]
        /// How a connection that breaks is replaced; nil lets the run fail.
        package var reconnect: Reconnect?

        /// Makes settings.
        package init(
            stateFolder: String = "/run/mooc-cluster", dueFolder: String = "/var/lib/mooc-cluster/due",
            ledgerFolder: String = CompileOptions.ledgerFolder, host: String = "",
            passingTrouble: [String] = [], reconnect: Reconnect? = nil
        ) {
            self.stateFolder = stateFolder
            self.dueFolder = dueFolder
            self.ledgerFolder = ledgerFolder
            self.host = host
            self.passingTrouble = passingTrouble
            self.reconnect = reconnect
        }
    }

    private let settings: Settings
    private let token: @Sendable () -> String

    /// Makes a runner.
    ///
    /// - Parameters:
    ///   - settings: how it runs.
    ///   - token: gives a new word for a run, which no output contains by chance.
    package init(
        _ settings: Settings = Settings(), token: @escaping @Sendable () -> String = Runner.randomToken
    ) {
        self.settings = settings
        self.token = token
    }

    /// A word with 128 random bits.
    package static func randomToken() -> String {
        "mc-" + String(UInt64.random(in: .min ... .max), radix: 36)
            + String(UInt64.random(in: .min ... .max), radix: 36)
    }

    /// Runs a playbook on one host.
    ///
    /// From its first change on, the program goes on to its end when the connection breaks, and so does the
    /// run, over a new connection. Cancelling the task ends the running step, or lets it end where it is
    /// uninterruptible, runs nothing more, and gives the result so far with ``HostResult/isStopped``.
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
        var redactor = Redactor(values)
        if case .sudoWithPassword(let password) = privilege { redactor.add(password.reveal()) }
        let settings = settings
        let attempt = RunAttempt(
            playbook: playbook, mode: mode, privilege: privilege, onEvent: onEvent, redactor: redactor,
            token: token
        ) { token in
            let options = CompileOptions(
                token: token, usesSudo: privilege.usesSudo, stateFolder: settings.stateFolder,
                dueFolder: settings.dueFolder, ledgerFolder: settings.ledgerFolder, host: settings.host,
                passingTrouble: settings.passingTrouble)
            return (Compiler.compile(playbook, values: values, mode: mode, options: options), options)
        }
        return try await attempt.run(on: transport, reconnect: settings.reconnect)
    }
}
