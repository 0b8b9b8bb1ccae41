import Testing
import YAML

@testable import Inventory
@testable import Provisioning

struct PathTests {
    @Test func rolesAndPluginsSayWhatIsNeeded() {
        var cluster = Sample.cluster(planes: 2, workers: 1)
        func needed(_ from: Int, _ to: Int) -> [String] {
            PathPort.needed(by: cluster.hosts[from], of: cluster.hosts[to], cluster).map(\.word)
        }
        #expect(needed(0, 1) == ["tcp/6443", "tcp/10250", "tcp/2379", "tcp/2380", "tcp/179", "ip/4"])
        #expect(needed(0, 2) == ["tcp/10250", "tcp/179", "ip/4"])
        cluster.kubernetes.networkPlugin = .flannel
        #expect(needed(2, 0) == ["tcp/6443", "udp/8472"])
        cluster.kubernetes.networkPlugin = .url("https://192.0.2.1/cni.yaml")
        #expect(needed(2, 0) == ["tcp/6443"])
    }

    private func report(_ change: (inout PathReport) -> Void) -> PathReport {
        var report = PathReport(from: "a", to: "b", size: 1500)
        (report.sent, report.arrived, report.isWhole) = (100, 100, true)
        change(&report)
        return report
    }

    @Test func aLongRoundTripIsWarnedOfBetweenMembersOfEtcdOnly() {
        let slow = report { $0.roundTrip = 60_000 }
        #expect(
            slow.findings(isEtcd: true).map(\.message) == [
                "a round trip takes 60 ms, long for members of etcd"
            ])
        #expect(slow.findings(isEtcd: false) == [])
    }

    @Test(arguments: [(99, nil), (98, Diagnostic.Severity.warning), (80, .error)])
    func lossIsJudgedByItsShare(arrived: Int, severity: Diagnostic.Severity?) {
        #expect(
            report { $0.arrived = arrived }.findings(isEtcd: false).map(\.severity)
                == [severity].compactMap(\.self))
    }

    @Test func withoutPingNothingIsSaidOfLossAndSize() {
        let findings = report { ($0.arrived, $0.isWhole) = (0, false) }.findings(isEtcd: false)
        #expect(findings.map(\.severity) == [.warning])
    }

    @Test func theSameOfOneHostIsSaidOnce() {
        let finding = PathFinding(.error, "c", "TCP 6443: no answer", cure: "let it in")
        let all = PathFinding.gather([("a", [finding]), ("b", [finding])])
        #expect(all.map(\.ways) == ["a, b -> c"])
    }
}
