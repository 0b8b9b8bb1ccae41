/// The shell functions that compiled programs are made of, each part in a file of its own.
///
/// They run under dash, bash and busybox sh, and touch no name that does not begin with `mc_`.
enum ShellLibrary {
    /// The parts that a program needs.
    static func parts(for playbook: Playbook, mode: RunMode) -> [String] {
        let works = playbook.steps.map(\.work)
        let hasFiles = works.contains(where: \.isFile)
        let hasTOML = works.contains { if case .toml = $0 { true } else { false } }
        var parts = [core] + (mode == .plan ? [plan] : [host, lock, journal, change, apply])
        if hasFiles { parts += [fileCheck, mode == .plan ? fileDiff : fileWrite] }
        if hasTOML { parts.append(toml) }
        if isPatient(playbook, mode) { parts.append(patience) }
        if keepsLedger(playbook, mode) { parts.append(ledger) }
        if restores(playbook, mode) { parts.append(restoration) }
        if calls(playbook, mode, { $0.contains(fetchesName) }) { parts.append(fetches) }
        return parts
    }

    /// Whether what a mode runs of a playbook tries commands again.
    static func isPatient(_ playbook: Playbook, _ mode: RunMode) -> Bool {
        calls(playbook, mode) { $0.contains(patienceName) || $0.contains(installName) }
    }

    /// Whether what a mode runs of a playbook notes in the ledger what it changes.
    static func keepsLedger(_ playbook: Playbook, _ mode: RunMode) -> Bool {
        mode == .apply
            && (playbook.steps.contains(where: \.work.isFile)
                || calls(playbook, mode) { body in ledgerNames.contains { body.contains($0) } })
    }

    private static func restores(_ playbook: Playbook, _ mode: RunMode) -> Bool {
        calls(playbook, mode) { body in restorationNames.contains { body.contains($0) } }
    }

    private static func calls(_ playbook: Playbook, _ mode: RunMode, _ isMeant: (String) -> Bool) -> Bool {
        let bodies = playbook.steps.flatMap { step in
            var bodies = [step.condition, step.registration?.script]
            if mode == .plan { bodies.append(step.brings) }
            if case .shell(let shell) = step.work {
                if mode == .apply { bodies.append(shell.apply) }
                if case .script(let check) = shell.check { bodies.append(check) }
            }
            return bodies.compactMap(\.self)
        }
        let handlers = mode == .apply ? playbook.handlers.map(\.script) : []
        return (bodies + handlers).contains(where: isMeant)
    }

    /// The parts of the program that takes up the journal of another one.
    static let followParts = [core, host, follow]
}
