import Assets
import Console
import Inventory
import Playbook
import Provisioning
import SSH
import YAML

/// What commands that work on hosts share: ways to them, what is shown and what is recorded.
struct Operation: Sendable {
    /// What is done, in a word: `up`.
    let name: String
    /// The inventory and what goes with it.
    let site: Site
    /// What a run needs from outside.
    let surroundings: Provisioning.Surroundings
    /// Reads secrets, each once.
    let secrets: SecretReader
    /// Which control plane is asked about the cluster.
    let spokesman = Spokesman()
    /// What a plan would change.
    let plan = PlanEntries()
    /// What is outside of the process.
    let context: Context
    /// Where results go.
    var console: Console { context.console }
    /// How many hosts are worked on at once.
    let parallel: Int
    private let view: RunView

    /// Prepares; nothing is opened yet.
    ///
    /// - Parameters:
    ///   - name: the command, for the record.
    ///   - site: the inventory and what goes with it.
    ///   - options: what the person asks of all work on hosts.
    ///   - context: what is outside of the process.
    ///   - streams: whether a script gets the events of the record as they happen, and the result as their last; else
    ///     the command answers with one value.
    init(_ name: String, _ site: Site, _ options: RunOptions, _ context: Context, streams: Bool = false) {
        self.name = name
        self.site = site
        self.context = context
        parallel = options.parallel
        let secrets = SecretReader(context, vaults: site.cluster.vaults)
        let access = HostAccess(context, secrets, acceptsNewHostKeys: options.acceptNewHostKeys)
        self.secrets = secrets
        let assets = site.assets
        surroundings = Provisioning.Surroundings(
            asset: { path in
                guard let text = assets.text(path) else { throw Complaint(.badInput, "there is no \(path)") }
                return Array(text.utf8)
            },
            file: { try Files.read(context.path($0)) },
            now: nanoseconds,
            connect: { host in
                let began = context.time.seconds()
                let way = try await context.record.connecting(to: host, context.time) {
                    try await access.connect(host)
                }
                let spent = Timekeeper.text(seconds: context.time.seconds() - began)
                context.console.say("connected in \(spent)", .detail, host: host.name)
                return way
            },
            privilege: access.privilege,
            explain: { error in
                let told = Explanation(error)
                return (told.message, told.cure)
            })
        for password in [site.cluster.mirrors.proxy?.password, site.cluster.mirrors.proxy?.writtenPassword] {
            if let password { context.redaction.add(Secret(password)) }
        }
        view = RunView(context)
        let shows = streams && context.console.isJSON
        let console = context.console
        context.record.begin(
            RunRecord.Start(
                command: name, cluster: site.cluster.name,
                runs: RunArchive(context).folder(ofRunsOf: site.cluster.name),
                onLine: { line in if shows { console.result(line + "\n") } }))
    }

    /// Does work that tells of events, with the board up where there is a terminal.
    func watched<Result: Sendable>(
        _ work: @Sendable (@escaping @Sendable (RunEvent) -> Void) async throws -> Result
    ) async throws -> Result {
        let hosts = site.cluster.hosts.map(\.name).filter { site.hosts?.contains($0) ?? true }
        let reminder = Task { try await remind() }
        defer { reminder.cancel() }
        return try await context.console.withBoard(hosts: hosts) {
            try await work { event in
                context.doings.take(event, at: context.time.seconds())
                // A secret that one host told may turn up in what another one says.
                if case .step(.registered(_, .secret(let secret))) = event.kind {
                    context.redaction.add(secret)
                }
                view.show(event)
                plan.take(event)
                context.record.take(event)
            }
        }
    }

    /// Says of long steps that they go on, where no board shows it.
    private func remind() async throws {
        while !console.showsBoard {
            try await context.time.sleep(.seconds(1))
            for (host, text) in context.doings.overdue(at: context.time.seconds()) {
                console.say("still at \(text)", host: host)
            }
        }
    }

    /// The settings of a run over the hosts of `--limit`.
    func settings(_ mode: RunMode, skipped: [String] = []) throws -> Run.Settings {
        let known = Phases.all.map(\.id)
        let words = skipped.flatMap { $0.split(separator: ",").map(String.init) }
        if let wrong = words.first(where: { !known.contains($0) }) {
            throw Complaint(
                .usage, "--skip-phases: no phase is '\(wrong)'; there are \(known.joined(separator: ", "))")
        }
        return Run.Settings(mode: mode, parallel: parallel, skipped: Set(words), hosts: site.hosts)
    }

    /// Gives a command's answer, and keeps it in the record: one JSON value for a script, text for a person.
    ///
    /// - Parameters:
    ///   - json: the answer for scripts.
    ///   - kept: what the record keeps, a mapping; nil means the answer.
    ///   - text: the answer for a person.
    ///   - format: who is to get it.
    func answer(_ json: Node, kept: Node? = nil, text: String, _ format: OutputFormat) {
        context.record.keep(result: kept ?? json)
        switch format {
        case .json:
            context.console.result(context.redaction.clean(strings: json).json(pretty: true) + "\n")
        case .text: context.console.result(context.redaction.clean(text))
        }
    }

    /// Ends with a result: the last of the streamed events for a script, which comes when the exit status is known, and
    /// text for a person.
    func conclude(_ json: Node, text: String, _ format: OutputFormat) {
        context.record.keep(result: json)
        if format == .text { context.console.result(context.redaction.clean(text)) }
    }

    /// Says what went wrong in a report, and where to read on.
    func sayTrouble(_ report: RunReport) {
        for finding in report.findings where finding.severity == .warning {
            let host = finding.host.map { "\($0): " } ?? ""
            context.console.say("\(host)\(finding.message); \(finding.cure)", .warning)
        }
        for text in report.trouble { context.console.say(text, .error) }
        if !report.isDone, let folder = context.record.folder {
            context.console.say("everything that was said and done: \(folder)")
        }
    }
}

extension Provisioning.Surroundings {
    /// The same, where playbooks are files that a person named, and not assets.
    var readingFiles: Provisioning.Surroundings {
        var copy = self
        let file = file
        copy.asset = { path in
            do {
                return try file(path)
            } catch let error as FileError {
                throw Complaint(.badInput, error.description)
            }
        }
        return copy
    }
}
