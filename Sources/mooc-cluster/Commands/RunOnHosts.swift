import ArgumentParser
import Console
import Inventory
import Playbook
import Provisioning
import YAML

/// The command `run`.
struct RunOnHosts: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run a command on all hosts at once.",
        usage: """
            mooc-cluster run [<options>] [--] <command> [<arguments> ...]
            mooc-cluster run [<options>] --script <script> [-- <arguments> ...]
            """,
        discussion: """
            One word is a line for sh; several words are a program and its arguments, which reach it as they are. It \
            runs as the user who logs in, in that user's home folder, or as root with --sudo. Standard input, where it \
            is no terminal, is read to its end first, and every host gets it. What hosts said alike is shown once, \
            below their names.

            The exit code is the highest that a host gave; 69 counts for one that was not reached, 77 for one that \
            refused. The first Ctrl-C ends the command on the hosts (SIGTERM, after ten seconds SIGKILL). With a sudo \
            password both outputs come as one.

            Examples:
              mooc-cluster run -- uptime
              mooc-cluster run --limit worker 'df -h / | tail -n 1'
              mooc-cluster run --sudo -- apt-get -y install htop
              mooc-cluster run --sudo 'cat >/etc/motd' <motd
              mooc-cluster run --script collect.sh -- --all
            """)

    @Argument(help: "A line for sh, or a program and its arguments; with --script the script's arguments.")
    var command: [String] = []

    @Flag(help: "Run it as root.")
    var sudo = false

    @Option(
        help: "Run a script of this machine, by the interpreter that its first line names, else by sh.",
        completion: .file())
    var script: String?

    @Flag(help: "Leave standard input alone; the command then has none.")
    var noInput = false

    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if script == nil, command.isEmpty {
            throw ValidationError("say what to run, as in: mooc-cluster run -- uptime")
        }
        for word in command where word.unicodeScalars.contains("\0") {
            throw ValidationError("a command cannot hold a NUL character")
        }
    }

    func run(in context: Context) async throws -> ExitStatus {
        let operation = Operation("run", try common.site(context), hosts, context)
        let work = try work(context)
        let input = noInput ? [] : try await StandardInput.read(context) ?? []
        let asked = operation.hosts
        let view = ErrandView(context)
        let title = (script.map { [$0] } ?? []) + command
        let results = try await context.console.withBoard(hosts: asked.map(\.name)) {
            for host in asked { view.begin(host, title.joined(separator: " ")) }
            return await Errand(work, input: input, asRoot: sudo)
                .run(on: asked, parallel: hosts.parallel, operation.surroundings) { host, piece in
                    view.take(piece, host)
                } onEnd: { host, result in
                    view.end(host, result)
                }
        }
        let list = ErrandList(rows: zip(asked, results).map { ErrandList.Row(host: $0, result: $1) })
        for (host, text) in list.trouble { context.console.say(text, .error, host: host) }
        operation.answer(
            list.json, kept: ["hosts": list.facts], text: list.text(context.console.paint), common.output)
        return list.status
    }

    private func work(_ context: Context) throws -> Errand.Work {
        if let script { return .script(try Files.read(context.path(script)), arguments: command) }
        return command.count == 1 ? .line(command[0]) : .words(command)
    }
}
