import Inventory
import Playbook

/// Tries the ways between hosts, from inside: all at once, by one program on each.
struct PathCheck: Sendable {
    /// What came of it.
    struct Outcome: Sendable {
        /// Every way between two hosts that both went through with it.
        var reports: [PathReport] = []
        /// The hosts that did not, and why.
        var failures: [(host: String, error: any Error)] = []
    }

    let cluster: Cluster
    let crew: Crew
    let hosts: [Host]
    let facts: [String: HostFacts]

    /// Small packets that each host sends to each other one; fewer where there are many hosts.
    private var rounds: Int { max(20, min(100, 5000 / max(hosts.count, 1))) }

    /// Does it.
    ///
    /// - Throws: what reading the program throws.
    func perform() async throws -> Outcome {
        let program = String(decoding: try crew.surroundings.asset("playbooks/paths.pl"), as: UTF8.self)
        let token = Runner.randomToken()
        let muster = PathMuster(count: hosts.count)
        let talks = hosts.indices.map { PathTalk(token: token, number: $0, muster: muster) }
        let numbers = Dictionary(uniqueKeysWithValues: hosts.enumerated().map { ($1.name, $0) })
        let results = await eachHost(of: hosts, parallel: hosts.count) { host in
            guard let number = numbers[host.name] else { return }
            defer { muster.note(number, .gone) }
            try await talk(talks[number], number, host, token: token, program)
        } onEnd: { _, _ in
        }
        var outcome = Outcome()
        var isDone: [Bool] = []
        for (host, result) in zip(hosts, results) {
            if case .failure(let error) = result { outcome.failures.append((host.name, error)) }
            isDone.append((try? result.get()) != nil)
        }
        let said = talks.map(\.said)
        for from in hosts.indices where isDone[from] {
            for to in hosts.indices where to != from && isDone[to] {
                outcome.reports.append(report(from, to, said))
            }
        }
        return outcome
    }

    private func talk(
        _ talk: PathTalk, _ number: Int, _ host: Host, token: String, _ program: String
    ) async throws {
        let privilege = try await crew.surroundings.privilege(host)
        let transport = try await crew.connections.transport(to: host)
        var words = [
            token, "\(number)", "\(rounds)", Set(doors(of: host)).map(\.word).sorted().joined(separator: ","),
        ]
        for (index, other) in hosts.enumerated() where index != number {
            let ports = PathPort.needed(by: host, of: other, cluster).map(\.word).joined(separator: ",")
            words.append("\(index):\(other.nodeAddress):\(size(host, other)):\(ports)")
        }
        let line =
            "{ exec perl -e \(([program] + words).map(ShellQuoting.quoted).joined(separator: " ")); }\n"
        let command = RemoteCommand(
            privilege.commandLine, title: "perl paths.pl \(words.joined(separator: " "))",
            input: privilege.inputPrefix + Array(line.utf8), closesInput: false,
            onCancel: Array("end\n".utf8), reply: { talk.reply() })
        let end = try await transport.run(command) { talk.take($0) }
        guard end == .code(0) else { throw PlaybookError.notStarted(end, output: talk.said.words) }
    }

    /// What a host must listen on, as far as others ask it.
    private func doors(of host: Host) -> [PathPort] {
        hosts.filter { $0.name != host.name }.flatMap { PathPort.needed(by: $0, of: host, cluster) }
    }

    /// Bytes of the largest packet that the links of both hosts take; that of Ethernet where a link is not known.
    private func size(_ one: Host, _ other: Host) -> Int { min(mtu(one), mtu(other)) }

    private func mtu(_ host: Host) -> Int {
        let usual = 1500
        guard let facts = facts[host.name], let own = CIDR.address(of: host.nodeAddress),
            let name = facts.addresses.first(where: { $0.address.address == own })?.link
        else { return usual }
        return facts.links.first { $0.name == name }?.mtu ?? usual
    }

    private func report(_ from: Int, _ to: Int, _ said: [PathTalk.Said]) -> PathReport {
        var report = PathReport(
            from: hosts[from].name, to: hosts[to].name, size: size(hosts[from], hosts[to]))
        for port in PathPort.needed(by: hosts[from], of: hosts[to], cluster) {
            let answer = said[from].answers["\(to) \(port.word)"] ?? "it was not tried"
            // who has a UDP port already does not answer questions of ours
            if case .udp = port, said[to].busy.contains(port.word) { continue }
            // the question came; what was lost is the other way's
            if said[to].asked.contains("\(from) \(port.word)") { continue }
            if answer != "yes" { report.closed.append((port, answer)) }
        }
        if let ping = said[from].pings[to] { (report.sent, report.roundTrip) = ping }
        if let heard = said[to].heard[from] {
            report.arrived = heard.small
            report.isWhole = heard.full > 0
            report.largest = heard.largest
        }
        return report
    }
}
