import ArgumentParser
import Inventory
import Playbook
import Provisioning

/// The command `copy`.
struct CopyFile: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Copy a file of this machine to all hosts, where it differs, or one of theirs here.",
        usage: """
            mooc-cluster copy [<options>] <file> <path>
            mooc-cluster copy [<options>] --from <path on hosts> <file>
            """,
        discussion: """
            A host whose file has that content, mode and owner is left alone. Else the file is written beside its \
            place and renamed, so that nobody ever sees half of it; folders that are missing are made. It is the login \
            user's, or root's with --sudo.

            With --from the file of one host becomes the file that is named here, or one of its own name in a folder; \
            of several hosts each has a folder there, of the host's name. Permissions and the time of the last change \
            are kept; the file is yours. It stands in its place only when all of it has come; one that is there is \
            replaced.

            Examples:
              mooc-cluster copy chrony.conf /etc/chrony/chrony.conf --sudo
              mooc-cluster copy --plan motd /etc/motd --sudo       how it would change, and exit code 2
              mooc-cluster copy backup.sh /home/ubuntu/bin/ --mode 755 --limit n1
              mooc-cluster copy --from /var/log/syslog logs --sudo   logs/n1/syslog and so on
              mooc-cluster copy --from /etc/fstab . --limit n1
            """)

    @Argument(
        help: ArgumentHelp("The file here; with --from its absolute path on hosts.", valueName: "file"),
        completion: .file())
    var source: String

    @Argument(
        help: ArgumentHelp(
            "Where it goes on hosts, an absolute path; with / at its end the folder. With --from where it goes here.",
            valueName: "path"))
    var target: String

    @Flag(help: "Copy from hosts to this machine.")
    var from = false

    @Option(help: "Its permissions in octal digits. (default: those that it has)")
    var mode: String?

    @Option(help: ArgumentHelp("Whose it is to be; needs --sudo.", valueName: "user:group"))
    var owner: String?

    @Flag(help: "Write it as root; with --from, read it as root.")
    var sudo = false

    @OptionGroup var plan: PlanOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        let path = from ? source : target
        guard path.hasPrefix("/") else {
            throw ValidationError(
                "'\(path)' is no absolute path; hosts have no folder that it could be below")
        }
        if from {
            guard !path.hasSuffix("/") else {
                throw ValidationError("'\(path)' is a folder; copy takes one file")
            }
            if plan.isOn || owner != nil {
                throw ValidationError(
                    "--from goes with neither --plan nor --owner: the file is written, and yours")
            }
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
        if from { return try await fetch(context) }
        let local = context.path(source)
        guard let present = Files.mode(local) else {
            throw Complaint(.usage, "\(source): there is no such file, or it is no plain one")
        }
        let digits = (mode ?? String(present & 0o777, radix: 8)).drop { $0 == "0" }
        let copy = FileCopy(
            path: target.hasSuffix("/") ? target + Self.name(of: local) : target,
            content: try Files.read(local),
            mode: digits.isEmpty ? "0" : String(digits), owner: owner, asRoot: sudo)
        let operation = Operation("copy", try common.site(context), hosts, context, streams: true)
        let settings = try operation.settings(plan.mode)
        let report = try await operation.watched { onEvent in
            await Play(operation.site.cluster, operation.surroundings, settings, onEvent: onEvent)
                .perform(copy.playbook)
        }
        return operation.finish(report, isPlan: plan.isOn, common.output)
    }

    private func fetch(_ context: Context) async throws -> ExitStatus {
        let operation = Operation("copy", try common.site(context), hosts, context, streams: true)
        let isOne = operation.hosts.count == 1
        let place = context.path(target)
        let isFolder = place.hasSuffix("/") || Files.isFolder(place)
        let folder = place.hasSuffix("/") ? String(place.dropLast()) : place
        let name = Self.name(of: source)
        return try await operation.fetch(
            FileFetch(path: source, asRoot: sudo), mode: mode.flatMap { UInt32($0, radix: 8) },
            parallel: hosts.parallel, common.output
        ) { host in
            isOne ? (isFolder ? "\(folder)/\(name)" : place) : "\(folder)/\(host.name)/\(name)"
        }
    }

    private static func name(of path: String) -> Substring {
        path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
    }
}
