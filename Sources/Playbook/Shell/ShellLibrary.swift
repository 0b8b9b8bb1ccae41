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
        return parts
    }

    /// The parts of the program that takes up the journal of another one.
    static let followParts = [core, host, follow]
}
