import Ansible
import ArgumentParser
import Console
import Glibc
import Inventory
import YAML

/// The command `init`.
struct Init: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a commented inventory to start from.",
        discussion: """
            With hosts, it logs in to all of them at once, looks at what they are, and writes an inventory that fits \
            them; nothing is changed on them. The first becomes a control plane, the others workers. Where one cannot \
            be reached, nothing is written.

            With --from, the hosts and the ways to them come from an inventory of Ansible: a file in INI or YAML form, \
            or a folder of such files, with the group_vars and host_vars beside it. Roles are guessed from the usual \
            names of groups. What could not be taken over is said with its place. Passwords that are in vaults stay \
            there: the new inventory names them.

            Examples:
              mooc-cluster init
              mooc-cluster init ubuntu@192.0.2.11 ubuntu@192.0.2.12 ubuntu@192.0.2.13
              mooc-cluster init --password prompt --sudo-password prompt admin@192.0.2.11:2222
              mooc-cluster init --from hosts.ini
              mooc-cluster init --from inventory/campus/hosts.yaml --vault-password-file ~/.vault-password
            """)

    @Argument(help: ArgumentHelp("Servers to look at, as user@host or user@host:port.", valueName: "host"))
    var servers: [String] = []

    @Option(help: ArgumentHelp("The private key for these hosts.", valueName: "file"), completion: .file())
    var key: String?

    @Option(
        help: ArgumentHelp("The way to these hosts goes over this one: user@host:port.", valueName: "host"))
    var jump: String?

    @Option(
        help: ArgumentHelp(
            "Where the password of their logins comes from: prompt, env:NAME, file:PATH or command:LINE.",
            valueName: "source"))
    var password: SecretOrigin?

    @Option(help: ArgumentHelp("Where the password for sudo comes from.", valueName: "source"))
    var sudoPassword: SecretOrigin?

    @Option(
        help: ArgumentHelp("Take the hosts of this inventory of Ansible over.", valueName: "file"),
        completion: .file())
    var from: String?

    @Option(
        help: ArgumentHelp(
            "Where the password of Ansible's vaults is, for those with an id as ID@FILE; may be repeated.",
            valueName: "file"), completion: .file())
    var vaultPasswordFile: [String] = []

    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if from == nil, !vaultPasswordFile.isEmpty {
            throw ValidationError("--vault-password-file goes with --from")
        }
        if from != nil, !servers.isEmpty {
            throw ValidationError("take the hosts either from the command line or from --from")
        }
        if servers.isEmpty, key != nil || jump != nil || password != nil || sudoPassword != nil {
            throw ValidationError("--key, --jump, --password and --sudo-password go with hosts: user@host")
        }
    }

    func run(in context: Context) async throws -> ExitStatus {
        let file = common.inventoryFile(context)
        guard Files.mode(context.path(file)) == nil else { throw isThere(file) }
        var blanks = "what is left in <angle brackets>"
        if let from {
            let taken = try await AnsibleTakeover(
                from, to: file, passwordFiles: vaultPasswordFile, context
            ).perform()
            try write(taken.starter.text, to: file, context)
            context.console.list(taken.warnings.map(\.description), .warning)
            for guess in taken.guesses { context.console.say(guess) }
        } else if !servers.isEmpty {
            let drafts = try HostDrafts(settings: settings, words: servers).named()
            let inspection = HostInspection(common: common, options: hosts, context: context)
            let (found, status) = try await inspection.perform(drafts)
            guard let found else { return status }
            try write(Starter(hosts: found).text, to: file, context)
            let names = found.map { "\($0.name) (\($0.role.rawValue))" }.joined(separator: ", ")
            context.console.say("looked at \(names)")
        } else {
            try write(Cluster.starter, to: file, context)
            blanks = "your servers"
        }
        context.result(files: [file], common.output)
        context.console.say("fill in \(blanks) in \(file), then run: mooc-cluster validate")
        return .done
    }

    /// What holds for all hosts of the command line.
    private var settings: [Starter.Setting] {
        var settings: [Starter.Setting] = []
        if let key { settings.append(Starter.Setting("key", key)) }
        if let jump { settings.append(Starter.Setting("jump", jump)) }
        if let password { settings.append(Starter.Setting("password", yaml: password.yaml)) }
        if let sudoPassword { settings.append(Starter.Setting("sudoPassword", yaml: sudoPassword.yaml)) }
        return settings
    }

    private func write(_ text: String, to file: String, _ context: Context) throws {
        do {
            // Secrets may be written into it later, and then nobody else may read it.
            try Files.write(text, to: context.path(file), mode: 0o600, replaces: false)
        } catch {
            guard error.code == EEXIST else { throw error }
            throw isThere(file)
        }
    }

    private func isThere(_ file: String) -> Complaint {
        Complaint(.failed, "\(file) is there already; remove it first, or name another file with -i")
    }
}
