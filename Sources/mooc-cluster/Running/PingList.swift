import Console
import Inventory
import Provisioning
import SSH
import YAML

/// What hosts answered to `ping`.
struct PingList {
    /// One host.
    struct Row {
        /// The host.
        let host: Host
        /// What it answered.
        let result: Result<Ping.Answer, any Error>

        /// Its answer, where there is one.
        var answer: Ping.Answer? { try? result.get() }

        /// What keeps it from being worked on; nil where nothing does.
        var trouble: Explanation? {
            switch result {
            case .failure(let error): Explanation(error)
            case .success(let answer):
                if case .refused(let error) = answer.sudo { Explanation(error) } else { nil }
            }
        }

        /// How the process would end if it were the only one.
        var status: ExitStatus { trouble?.status ?? .done }
    }

    /// The hosts, in the order of the inventory.
    let rows: [Row]
    /// Seconds by which two clocks may differ without a word.
    private static let tolerance = 2.0

    /// What is wrong, each with its host.
    var trouble: [(host: String, text: String)] {
        rows.compactMap { row in row.trouble.map { (row.host.name, "\($0.message); \($0.cure)") } }
    }

    /// A warning where the clocks of two hosts are far apart.
    var clockWarning: String? {
        let clocks = rows.compactMap { row in
            row.answer?.clock.map { (name: row.host.name, seconds: Double($0) / 1e9) }
        }
        guard let first = clocks.max(by: { $0.seconds < $1.seconds }),
            let last = clocks.min(by: { $0.seconds < $1.seconds }),
            first.seconds - last.seconds > Self.tolerance
        else { return nil }
        let apart = Timekeeper.text(seconds: first.seconds - last.seconds)
        return "the clock of \(first.name) is \(apart) ahead of that of \(last.name); "
            + "set them: timedatectl set-ntp true"
    }

    /// A table for a person.
    func text(_ paint: Paint) -> String {
        var table = Table(
            ["HOST", "RESULT", "CONNECT", "TRIP", "CLOCK", "USER", "SUDO", "SYSTEM", "HOST KEY"])
        for row in rows {
            let isWell = row.trouble == nil
            let head = [
                Table.Cell(row.host.name),
                Table.Cell(isWell ? "answers" : row.status.word, isWell ? .green : .red),
            ]
            guard let answer = row.answer else {
                table.add(head)
                continue
            }
            let key = answer.hostKey.map { "\($0.wasKnown ? "known" : "new") \($0.type) \($0.fingerprint)" }
            let cells = [
                Self.milliseconds(answer.connecting), answer.roundTrip.map(Self.milliseconds) ?? "",
                answer.clock.map(Self.offset) ?? "", answer.user, answer.sudo.words, answer.system,
                key ?? "none: this machine",
            ]
            table.add(head + cells.map { Table.Cell($0.printable) })
        }
        return table.text(paint)
    }

    /// The same for scripts: a list of the hosts.
    var json: Node { .sequence(rows.map(\.json)) }

    /// `0.42 ms`, `118 ms`.
    private static func milliseconds(_ nanoseconds: Int) -> String {
        let hundredths = nanoseconds / 10_000
        if hundredths >= 1000 { return "\(hundredths / 100) ms" }
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) ms"
    }

    /// `+3 ms`, `-12 s`.
    private static func offset(_ nanoseconds: Int) -> String {
        let sign = nanoseconds < 0 ? "-" : "+"
        let milliseconds = abs(nanoseconds) / 1_000_000
        return sign
            + (milliseconds < 1000
                ? "\(milliseconds) ms" : Timekeeper.text(seconds: Double(milliseconds) / 1000))
    }
}

extension PingList.Row {
    fileprivate var json: Node {
        var node: Node = [
            "host": .string(host.name), "address": .string(host.address),
            "result": .string(trouble == nil ? "done" : status.word), "reached": .bool(answer != nil),
            "error": trouble.map { .string($0.message) } ?? .null,
            "cure": trouble.map { .string($0.cure) } ?? .null,
        ]
        guard let answer else { return node }
        func number(_ nanoseconds: Int?) -> Node { nanoseconds.map { .int($0 / 1000) } ?? .null }
        node["connectMicroseconds"] = number(answer.connecting)
        node["roundTripMicroseconds"] = number(answer.roundTrip)
        node["clockOffsetMicroseconds"] = number(answer.clock)
        node["user"] = .string(answer.user)
        node["sudo"] = .string(answer.sudo.words)
        node["system"] = .string(answer.system)
        node["hostKey"] = answer.hostKey?.json ?? .null
        return node
    }
}

extension Ping.Sudo {
    /// In words: `root`, `no-password`, `password`, `refused`.
    fileprivate var words: String {
        switch self {
        case .isRoot: "root"
        case .free: "no-password"
        case .password: "password"
        case .refused: "refused"
        }
    }
}

extension HostKey {
    /// For scripts.
    var json: Node {
        ["type": .string(type), "fingerprint": .string(fingerprint), "wasKnown": .bool(wasKnown)]
    }
}
