/// What a playbook is compiled to: one POSIX shell program for one host.
package struct Program: Sendable {
    /// The program, to be given to `sh -s`.
    package let text: String
    /// The random word that its events begin with.
    package let token: String
    /// The first line of each step's functions, by the step's index, to tell whose shell cannot be parsed.
    package let firstLines: [Int]

    /// The index of the step whose functions a line of the program belongs to; nil outside of all steps.
    package func step(ofLine line: Int) -> Int? {
        firstLines.lastIndex { $0 <= line }
    }
}

/// What compiling needs to know besides playbook, values and mode.
package struct CompileOptions: Sendable {
    /// The random word that events begin with; it contains only letters, digits and `-`.
    package var token: String
    /// Whether sudo is between the login and the program, so that `sudo: false` has to go back.
    package var usesSudo: Bool
    /// The host's folder for journals and the lock; it may vanish at a reboot.
    package var stateFolder: String
    /// The host's folder for which handlers are due; it outlives a reboot.
    package var dueFolder: String
    /// The host's folder for what there was before it was changed; it outlives a reboot.
    package var ledgerFolder: String
    /// The host's name in the inventory: programs for hosts of the same name on one machine change it one
    /// after the other.
    package var host: String

    /// The words, in any case, by which commands tell of trouble that passes by itself: what `mc_patiently` in a
    /// playbook tries again.
    package var passingTrouble: [String]

    /// The ledger's folder on every host that is no test's.
    package static let ledgerFolder = "/var/lib/mooc-cluster/ledger"

    /// Makes options.
    package init(
        token: String, usesSudo: Bool = false, stateFolder: String = "/run/mooc-cluster",
        dueFolder: String = "/var/lib/mooc-cluster/due",
        ledgerFolder: String = CompileOptions.ledgerFolder,
        host: String = "", passingTrouble: [String] = []
    ) {
        self.token = token
        self.usesSudo = usesSudo
        self.stateFolder = stateFolder
        self.dueFolder = dueFolder
        self.ledgerFolder = ledgerFolder
        self.host = host
        self.passingTrouble = passingTrouble
    }
}
