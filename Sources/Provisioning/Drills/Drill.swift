package import Inventory
import Playbook
import Synchronization
import YAML

/// What drills share: a program on the first control plane that asks services and watches the API server, while
/// something is taken away.
package struct Drill: Sendable {
    let cluster: Cluster
    let plane: Host
    let surroundings: Surroundings
    let connections: Connections
    let kubectl: Kubectl
    let sleep: @Sendable (Duration) async throws -> Void
    let onNote: @Sendable (String) -> Void

    /// Opens the way to the first control plane.
    ///
    /// - Parameters:
    ///   - cluster: the inventory.
    ///   - surroundings: what it needs from outside.
    ///   - sleep: waits, until the task is cancelled.
    ///   - onNote: called with what happens, while it happens.
    /// - Throws: ``NoControlPlane``, or what connecting throws.
    package init(
        _ cluster: Cluster, _ surroundings: Surroundings,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        onNote: @escaping @Sendable (String) -> Void
    ) async throws {
        guard let plane = cluster.firstControlPlane else { throw NoControlPlane() }
        self.cluster = cluster
        self.plane = plane
        self.surroundings = surroundings
        self.sleep = sleep
        self.onNote = onNote
        connections = Connections(surroundings.connect)
        kubectl = Kubectl(on: plane, over: connections, try await surroundings.privilege(plane))
    }

    /// Does something while services are asked and the API server is watched.
    ///
    /// It begins when every service that has pods answers.
    ///
    /// - Parameters:
    ///   - targets: the services.
    ///   - serving: those of them that have pods now.
    ///   - work: the loss, and waiting for what comes of it.
    /// - Returns: what the work returns.
    /// - Throws: ``DrillRefused`` when a service does not answer before, ``DrillBroken`` when nothing can be seen, and
    ///   what the work throws.
    func observed<Result: Sendable>(
        _ targets: [DrillTarget], serving: Set<String>,
        _ work: @Sendable (DrillLog) async throws -> Result
    ) async throws -> Result {
        let program = String(decoding: try surroundings.asset("playbooks/drill.pl"), as: UTF8.self)
        let token = Runner.randomToken()
        let privilege = try await surroundings.privilege(plane)
        // a connection of its own: one runs one command at a time
        let transport = try await surroundings.connect(plane)
        let known = Mutex<[String: String]>([:])
        let services = Set(targets.map(\.service))
        let log = DrillLog(token: token) { [onNote] event in
            guard let (subject, state) = event.state(among: services) else { return }
            let before = known.withLock { $0.updateValue(state, forKey: subject) }
            if let before, before != state { onNote("\(subject): \(state)") }
        }
        let words = [program, token] + targets.map(\.word)
        let line = "{ exec perl -e \(words.map(ShellQuoting.quoted).joined(separator: " ")); }\n"
        let command = RemoteCommand(
            privilege.commandLine,
            title: "perl drill.pl \(words.dropFirst().joined(separator: " "))",
            input: privilege.inputPrefix + Array(line.utf8), closesInput: false,
            onCancel: Array("end\n".utf8), reply: { log.reply() })
        let watching = Task {
            defer { log.close() }
            _ = try await transport.run(command) { log.take($0) }
        }
        defer { watching.cancel() }
        return try await withTaskCancellationHandler {
            let answers = try await wait(30, log) { state in
                serving.allSatisfy { state.answered[$0, default: 0] >= 5 && state.endpoints[$0] != nil }
            }
            guard answers else {
                let silent = serving.filter { log.now.answered[$0, default: 0] < 5 }.sorted()
                throw DrillRefused(
                    reason: "\(silent.joined(separator: ", ")) did not answer for a second before the drill",
                    cure: "`mooc-cluster status` says what is not well")
            }
            let result = try await work(log)
            log.end()
            return result
        } onCancel: {
            watching.cancel()
        }
    }

    /// Waits until something is seen, for so many seconds at most.
    ///
    /// - Returns: whether it was seen.
    /// - Throws: ``DrillBroken``, or `CancellationError`.
    func wait(_ seconds: Int, _ log: DrillLog, until isSeen: (DrillLog.State) -> Bool) async throws -> Bool {
        let end = surroundings.now() + seconds * 1_000_000_000
        while true {
            let state = log.now
            if isSeen(state) { return true }
            guard !state.isClosed else { throw DrillBroken(words: state.words) }
            guard surroundings.now() < end else { return false }
            try await sleep(.milliseconds(200))
        }
    }

    /// The time of the first control plane in milliseconds since 1970, right before a line of sh runs there, for root.
    ///
    /// - Throws: ``DrillBroken`` when the line failed, or what running it throws.
    func moment(before line: String) async throws -> Int {
        let errand = Errand(.line("date +%s%3N; \(line)"), asRoot: true)
        let ending = try await errand.run(
            over: try await connections.transport(to: plane), try await surroundings.privilege(plane))
        let said = String(decoding: ending.pieces.flatMap(\.bytes), as: UTF8.self)
            .split(whereSeparator: \.isNewline).map(String.init)
        guard ending.code == 0, let moment = said.first.flatMap({ Int($0) }) else {
            throw DrillBroken(words: said)
        }
        return moment
    }

    /// What the API server has recorded of pods in namespaces and of a node since a moment, in order.
    ///
    /// - Throws: what asking throws; an answer that says nothing gives nothing.
    func recorded(in namespaces: Set<String>, node: String?, since moment: Int) async throws -> [DrillReport
        .Line]
    {
        let answer = try await kubectl.run(["get", "events", "--all-namespaces", "--output=json"])
        let list = YAMLParser.document(answer.output, file: "kubectl", diagnostics: Diagnostics())
        return Self.lines(of: list?["items"]?.items ?? [], in: namespaces, node: node, since: moment)
    }

    /// What events say that a drill is about.
    static func lines(
        of events: [Node], in namespaces: Set<String>, node: String?, since moment: Int
    ) -> [DrillReport.Line] {
        let reasons: Set = [
            "NodeNotReady", "NodeReady", "TaintManagerEviction", "Killing", "Scheduled", "Started",
        ]
        return events.compactMap { event -> DrillReport.Line? in
            guard let reason = event["reason"]?.text, reasons.contains(reason),
                let about = event["involvedObject"], let name = about["name"]?.text,
                let time = [event["lastTimestamp"], event["eventTime"]].compactMap({ $0?.text }).first,
                // times of events are whole seconds, cut off
                let at = Moment.milliseconds(time), at + 1000 > moment
            else { return nil }
            let isNode = about["kind"]?.text == "Node"
            guard isNode ? name == node : namespaces.contains(about["namespace"]?.text ?? "") else {
                return nil
            }
            let subject = isNode ? "node \(name)" : "pod \(about["namespace"]?.text ?? "")/\(name)"
            return DrillReport.Line(after: at - moment, text: "\(subject): event \(reason)", isRecorded: true)
        }.sorted { $0.after < $1.after }
    }
}

/// A drill that does not begin, since it would do harm or say nothing.
package struct DrillRefused: Error, Sendable, Hashable {
    /// Why.
    package let reason: String
    /// What would be right.
    package let cure: String
}

/// A drill that could not see what happens.
package struct DrillBroken: Error, Sendable, Hashable {
    /// What was said instead.
    package let words: [String]
}
