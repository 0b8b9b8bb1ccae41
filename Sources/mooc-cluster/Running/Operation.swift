import Assets
import Console
import Glibc
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
    /// What a plan would change.
    let plan = PlanEntries()
    /// Where this run is recorded.
    let recordFolder: String
    /// What is outside of the process.
    let context: Context
    /// Where results go.
    var console: Console { context.console }
    private let parallel: Int
    private let view: RunView
    private let log: RunLog

    /// Prepares; nothing is opened yet.
    ///
    /// - Throws: ``FileError`` when the record cannot be made.
    init(_ name: String, _ site: Site, _ options: RunOptions, _ context: Context) throws {
        self.name = name
        self.site = site
        self.context = context
        parallel = options.parallel
        let secrets = SecretReader(context)
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
            connect: access.connect,
            privilege: access.privilege,
            explain: { error in
                let told = Explanation(error)
                return (told.message, told.cure)
            })
        view = RunView(context)
        recordFolder = "\(context.stateFolder)/\(site.cluster.name)/runs/\(timestamp())-\(name)-\(getpid())"
        try Files.makeFolder(recordFolder)
        log = RunLog(folder: recordFolder, now: timestamp)
    }

    /// Does work that tells of events, with the board up where there is a terminal.
    func watched<Result: Sendable>(
        _ work: @Sendable (@escaping @Sendable (RunEvent) -> Void) async throws -> Result
    ) async throws -> Result {
        let hosts = site.cluster.hosts.map(\.name).filter { site.hosts?.contains($0) ?? true }
        let reminder = Task { try await remind() }
        defer { reminder.cancel() }
        let result = try await context.console.withBoard(hosts: hosts) {
            try await work { event in
                context.doings.take(event, at: context.time.seconds())
                view.show(event)
                plan.take(event)
                if let step = event.forTheRecord {
                    log.write(step, host: event.host, playbook: event.phase)
                }
            }
        }
        if let failure = log.failure { context.console.say("the record of this run: \(failure)", .warning) }
        return result
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

    /// Says what went wrong in a report, and where to read on.
    func sayTrouble(_ report: RunReport) {
        for finding in report.findings where finding.severity == .warning {
            let host = finding.host.map { "\($0): " } ?? ""
            context.console.say("\(host)\(finding.message); \(finding.cure)", .warning)
        }
        for text in report.trouble { context.console.say(text, .error) }
        if !report.isDone { context.console.say("everything that was said and done: \(recordFolder)") }
    }
}

extension RunEvent {
    /// What the record keeps of an event: steps, and what kept a phase from its steps, which no step has said.
    fileprivate var forTheRecord: StepEvent? {
        switch kind {
        case .started: return nil
        case .step(let step): return step
        case .ended(let outcome):
            guard case .failed(let failure) = outcome.ending, failure.step == nil else { return nil }
            return .output(step: nil, line: failure.message)
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
