import ArgumentParser
import Inventory
import Playbook
import Provisioning

/// The command `copy`.
struct CopyFile: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy", abstract: "Copy a file of this machine to all hosts, where it differs.",
        discussion: """
            A host whose file has that content, mode and owner is left alone. Else the file is written beside its \
            place and renamed, so that nobody ever sees half of it; folders that are missing are made. It is the login \
            user's, or root's with --sudo.

            Examples:
              mooc-cluster copy chrony.conf /etc/chrony/chrony.conf --sudo
              mooc-cluster copy --plan motd /etc/motd --sudo       how it would change, and exit code 2
              mooc-cluster copy backup.sh /home/ubuntu/bin/ --mode 755 --limit n1
            """)

    @Argument(help: "The file here.", completion: .file())
    var file: String

    @Argument(help: "Where it goes on hosts, an absolute path; with / at its end the folder.")
    var path: String

    @Option(help: "Its permissions in octal digits. (default: those that it has here)")
    var mode: String?

    @Option(help: ArgumentHelp("Whose it is to be; needs --sudo.", valueName: "user:group"))
    var owner: String?

    @Flag(help: "Write it as root.")
    var sudo = false

    @Flag(help: "Only say what would change; the exit code is then 2 when something would.")
    var plan = false

    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard path.hasPrefix("/") else {
            throw ValidationError(
                "'\(path)' is no absolute path; hosts have no folder that it could be below")
        }
        if let mode, !(3...4).contains(mode.count) || !mode.utf8.allSatisfy({ (48...55).contains($0) }) {
            throw ValidationError("--mode takes three or four octal digits, such as 0644, not '\(mode)'")
        }
        guard let owner else { return }
        let parts = owner.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix("-") }) else {
            throw ValidationError("--owner takes user:group, not '\(owner)'")
        }
        guard sudo else { throw ValidationError("only root gives files to others: --owner needs --sudo") }
    }

    func run(in context: Context) async throws -> ExitStatus {
        let local = context.path(file)
        guard let present = Files.mode(local) else {
            throw Complaint(.usage, "\(file): there is no such file, or it is no plain one")
        }
        let name = local[(local.lastIndex(of: "/").map { local.index(after: $0) } ?? local.startIndex)...]
        let digits = (mode ?? String(present & 0o777, radix: 8)).drop { $0 == "0" }
        let copy = FileCopy(
            path: path.hasSuffix("/") ? path + name : path, content: try Files.read(local),
            mode: digits.isEmpty ? "0" : String(digits), owner: owner, asRoot: sudo)
        let operation = Operation("copy", try common.site(context), hosts, context, streams: true)
        let settings = try operation.settings(plan ? .plan : .apply)
        let report = try await operation.watched { onEvent in
            await Play(operation.site.cluster, operation.surroundings, settings, onEvent: onEvent)
                .perform(copy.playbook)
        }
        return operation.finish(report, isPlan: plan, common.output)
    }
}
