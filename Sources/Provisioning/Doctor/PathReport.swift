import YAML

/// What lies between two hosts, in one direction.
package struct PathReport: Sendable {
    /// The host that asks.
    package let from: String
    /// The host that is asked.
    package let to: String
    /// What did not answer, and what came in place of an answer.
    package var closed: [(port: PathPort, answer: String)] = []
    /// Small packets that were sent.
    package var sent = 0
    /// Small packets that arrived.
    package var arrived = 0
    /// Microseconds of the median round trip; nil where nothing came back.
    package var roundTrip: Int?
    /// Bytes of a full packet.
    package var size: Int
    /// Whether a full packet arrived whole.
    package var isWhole = false
    /// Bytes of the largest packet that arrived.
    package var largest = 0

    /// Makes one of which nothing is known yet.
    package init(from: String, to: String, size: Int) {
        self.from = from
        self.to = to
        self.size = size
    }
}

extension PathReport {
    /// Microseconds of a round trip between two members of etcd from which on it is warned: half of the interval of
    /// etcd's heartbeat (100 ms, etcd.io, Tuning).
    private static let slowEtcd = 50_000

    /// What is wrong with it, where `isEtcd` says whether both hosts are members of etcd.
    func findings(isEtcd: Bool) -> [PathFinding] {
        var findings = closed.map { port, answer in
            PathFinding(
                .error, to, "\(port.name): \(answer)",
                cure: "let the other nodes in on it, in firewalls on the hosts and between them")
        }
        if sent > 0, arrived == 0 {
            findings.append(
                PathFinding(
                    .warning, to, "no ping arrives, so nothing is known of loss and of the size of packets",
                    cure: "let ICMP in; hosts learn by it how large packets may be"))
            return findings
        }
        let lost = sent - arrived
        if lost * 50 >= sent, lost > 0 {
            findings.append(
                PathFinding(
                    lost * 5 >= sent ? .error : .warning, to, "\(lost) of \(sent) packets are lost",
                    cure: "look at cables, ports and the load of the network between them"))
        }
        if sent > 0, !isWhole {
            let passes = largest > 100 ? "; \(largest) do pass" : ""
            findings.append(
                PathFinding(
                    .error, to, "packets of \(size) bytes do not arrive\(passes)",
                    cure: "set the links' MTU to what the way between them takes, on both hosts"))
        }
        if isEtcd, let roundTrip, roundTrip >= Self.slowEtcd {
            findings.append(
                PathFinding(
                    .warning, to, "a round trip takes \(roundTrip / 1000) ms, long for members of etcd",
                    cure: "put the control planes closer to each other"))
        }
        return findings
    }
}
