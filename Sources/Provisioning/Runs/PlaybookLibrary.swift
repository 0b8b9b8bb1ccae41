import Playbook
import YAML

/// The playbooks of a run, all read before anything runs, so that a mistake in the last is found first.
struct PlaybookLibrary: Sendable {
    private let playbooks: [String: Playbook]

    /// Makes a library of playbooks that are there already, by path.
    init(_ playbooks: [String: Playbook]) { self.playbooks = playbooks }

    /// Reads playbooks; `others` are there already, by path.
    ///
    /// - Throws: `InvalidInput` with everything that is wrong in any of them, or what reading a file throws.
    init(
        _ paths: [String], _ surroundings: Surroundings, and others: [String: Playbook] = [:]
    ) throws {
        let diagnostics = Diagnostics()
        var playbooks = others
        var missing = Set(paths).subtracting(others.keys)
        while !missing.isEmpty {
            var evidence: Set<String> = []
            for path in missing.sorted() {
                let bytes = try surroundings.asset(path)
                let playbook = Playbook.read(bytes, file: path, diagnostics: diagnostics)
                playbooks[path] = playbook
                if let path = playbook?.evidence { evidence.insert(path) }
            }
            missing = evidence.subtracting(playbooks.keys)
        }
        if diagnostics.hasErrors { throw InvalidInput(diagnostics.sorted) }
        self.playbooks = playbooks
    }

    /// The same library, in which one playbook does what others do besides, in one program.
    func joining(_ others: [String], to path: String) -> PlaybookLibrary {
        guard var whole = playbooks[path] else { return self }
        for other in others.compactMap({ playbooks[$0] }) {
            whole.values += other.values
            whole.steps += other.steps
        }
        return PlaybookLibrary(playbooks.merging([path: whole]) { $1 })
    }

    /// A playbook that was read.
    subscript(path: String) -> Playbook? { playbooks[path] }
}
