import Ansible
import ArgumentParser
import Console
import Glibc
import Inventory
import YAML

/// The command `init`.
struct Init: ClusterCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a commented inventory to start from.",
        discussion: """
            With --from, the hosts and the ways to them come from an inventory of Ansible: a file in INI or YAML form, \
            or a folder of such files, with the group_vars and host_vars beside it. Roles are guessed from the usual \
            names of groups. What could not be taken over is said with its place. Passwords that are in vaults stay \
            there: the new inventory names them.

            Examples:
              mooc-cluster init
              mooc-cluster init -i lab.yml
              mooc-cluster init --from hosts.ini
              mooc-cluster init --from inventory/campus/hosts.yaml --vault-password-file ~/.vault-password
            """)

    @Option(
        help: ArgumentHelp("Take the hosts of this inventory of Ansible over.", valueName: "file"),
        completion: .file())
    var from: String?

    @Option(
        help: ArgumentHelp(
            "Where the password of Ansible's vaults is, for those with an id as ID@FILE; may be repeated.",
            valueName: "file"), completion: .file())
    var vaultPasswordFile: [String] = []

    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let file = common.inventoryFile(context)
        if let from {
            let taken = try await AnsibleTakeover(
                from, to: file, passwordFiles: vaultPasswordFile, context
            ).perform()
            try write(taken.starter.text, to: file, context)
            context.console.list(taken.warnings.map(\.description), .warning)
            for guess in taken.guesses { context.console.say(guess) }
        } else {
            try write(Cluster.starter, to: file, context)
        }
        context.result(files: [file], common.output)
        let blanks = from == nil ? "your servers" : "what is left in <angle brackets>"
        context.console.say("fill in \(blanks) in \(file), then run: mooc-cluster validate")
        return .done
    }

    func validate() throws {
        if from == nil, !vaultPasswordFile.isEmpty {
            throw ValidationError("--vault-password-file goes with --from")
        }
    }

    private func write(_ text: String, to file: String, _ context: Context) throws {
        do {
            // Secrets may be written into it later, and then nobody else may read it.
            try Files.write(text, to: context.path(file), mode: 0o600, replaces: false)
        } catch {
            guard error.code == EEXIST else { throw error }
            throw Complaint(
                .failed, "\(file) is there already; remove it first, or name another file with -i")
        }
    }
}
