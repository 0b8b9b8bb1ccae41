import ArgumentParser
import Console
import Inventory
import Provisioning
import SSH
import YAML

/// The command `ssh setup`.
struct SSHSetup: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup",
        abstract: "Let your key log in to all hosts, and keep the keys of the hosts.",
        discussion: """
            Logs in to all hosts at once as the inventory says, by password for example, adds your public key to \
            ~/.ssh/authorized_keys unless it is there, and sets the modes that sshd asks for. Then it logs in again \
            with that key alone, which is the proof. The key of a host that is new is kept once it is accepted, in the \
            file of known hosts that the inventory names.

            The key is the one that --public-key names, else the one of the inventory ('key' of 'ssh'), else the first \
            ~/.ssh/id_*.pub. Where there is none, it asks whether to make ~/.ssh/id_ed25519, without a passphrase \
            (`ssh-keygen -p` gives it one).

            With --plan, it logs in and looks alone. The exit code is 69 when a host is not reached, and 77 when one refuses the login, its key or yours.

            Examples:
              mooc-cluster ssh setup
              mooc-cluster ssh setup --plan
              mooc-cluster ssh setup --accept-new-host-keys --yes
              mooc-cluster ssh setup --public-key ~/.ssh/campus.pub --limit n4
            """)

    @Option(
        help: ArgumentHelp(
            "The public key; the private one is beside it, or in the agent.", valueName: "file"),
        completion: .file(extensions: ["pub"]))
    var publicKey: String?

    @OptionGroup var plan: PlanOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let operation = Operation("ssh-setup", site, hosts, context)
        let asked = operation.hosts.filter { if case .ssh = $0.connection { true } else { false } }
        var wanted = OperatorKeys(context, named: publicKey)
        if wanted.isMissing(for: asked) {
            let path = OperatorKeys.new
            if plan.isOn {
                context.console.say("there is no key in ~/.ssh: \(path) would be made, and added everywhere")
                return .pending
            }
            try await common.confirm("There is no key in ~/.ssh. Make a new one, \(path)?", context)
            try Files.makeFolder(context.path("~/.ssh"))
            try KeyPair.make(at: context.path(path))
            context.console.say("made \(path), without a passphrase; `ssh-keygen -p -f \(path)` gives it one")
            wanted = OperatorKeys(context, named: publicKey)
        }
        let files = try wanted.files(for: asked)
        let access = HostAccess(context, operation.secrets, acceptsNewHostKeys: hosts.acceptNewHostKeys)
            .byKeys
        let setup = KeySetup(
            operation.surroundings, proof: { try await access.connect($0.byKey(files[$0.name]?.path)) },
            parallel: hosts.parallel, mode: plan.mode)
        let console = context.console
        let results = try await console.withBoard(hosts: asked.map(\.name)) {
            await setup.perform(asked, keys: files.mapValues(\.key)) { host, result in
                switch result {
                case .success: console.update(host.name, .done, plan.isOn ? "was asked" : "logs in by key")
                case .failure(let error): console.update(host.name, .failed, Explanation(error).message)
                }
            }
        }
        let list = KeySetupList(
            rows: zip(asked, results).map { host, result in
                KeySetupList.Row(
                    host: host, path: files[host.name]?.path ?? "", result: result, isPlan: plan.isOn)
            })
        for (host, text) in list.open { console.say(text, .note, host: host) }
        for (host, text) in list.trouble { console.say(text, .error, host: host) }
        operation.answer(list.json, kept: ["hosts": list.json], text: list.text(console.paint), common.output)
        if list.status == .done, !plan.isOn { advise(asked, wanted, console) }
        return list.status
    }

    /// Says what the inventory need not, or must, say from now on.
    private func advise(_ hosts: [Host], _ keys: OperatorKeys, _ console: Console) {
        let file = hosts.isEmpty ? "" : common.inventory ?? "the inventory"
        if let named = keys.unusual {
            console.say("write into 'ssh:' of \(file), so that this key is used: key: \(named)")
        }
        if hosts.contains(where: \.hasPassword) {
            console.say("'password' can be taken out of 'ssh:' of \(file): the key logs in")
        }
    }
}

extension Host {
    /// The same host, reached by one key and nothing else.
    fileprivate func byKey(_ path: String?) -> Host {
        guard case .ssh(var options) = connection else { return self }
        options.password = nil
        options.key = path
        var copy = self
        copy.connection = .ssh(options)
        return copy
    }

    /// Whether the inventory has a password for its login.
    fileprivate var hasPassword: Bool {
        if case .ssh(let options) = connection { options.password != nil } else { false }
    }
}
