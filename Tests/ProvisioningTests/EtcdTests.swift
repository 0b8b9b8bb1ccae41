import Cryptography
import Inventory
import Playbook
import Testing

@testable import Provisioning

struct EtcdTests {
    /// What etcdctl 3.4 writes of three members, of which one follows as a learner and one does not answer.
    private static let members = """
        {"header":{"cluster_id":1,"member_id":6962564407644431726,"raft_term":2},"members":[
        {"ID":6962564407644431726,"name":"n7","peerURLs":["https://192.0.2.7:2380"],"clientURLs":["https://192.0.2.7:2379"]},
        {"ID":17446744073709551615,"name":"n9","peerURLs":["https://192.0.2.9:2380"],"clientURLs":["https://192.0.2.9:2379"],"isLearner":true},
        {"ID":11,"name":"n8","peerURLs":["https://192.0.2.8:2380"],"clientURLs":["https://192.0.2.8:2379"]}]}
        """
    private static let health = """
        [{"endpoint":"https://192.0.2.7:2379","health":true,"took":"6.679426ms"},
        {"endpoint":"https://192.0.2.9:2379","health":true,"took":"7ms"},
        {"endpoint":"https://192.0.2.8:2379","health":false,"took":"5s","error":"context deadline exceeded"}]
        """
    private static let status = """
        [{"Endpoint":"https://192.0.2.7:2379","Status":{"header":{"member_id":6962564407644431726,"revision":836},
        "version":"3.4.23","dbSize":1703936,"leader":6962564407644431726,"raftTerm":2}},
        {"Endpoint":"https://192.0.2.9:2379","Status":{"header":{"member_id":17446744073709551615},"version":"3.4.23",
        "dbSize":1703000,"leader":6962564407644431726,"isLearner":true}}]
        """
    private static let alarms = """
        {"header":{"cluster_id":1},"alarms":[{"memberID":17446744073709551615,"alarm":1}]}
        """

    @Test func membersAreReadWithWhatTheyAre() throws {
        let state = try #require(
            EtcdState(
                members: Self.members, health: Self.health, status: Self.status, alarms: Self.alarms))
        #expect(state.members.map(\.name) == ["n7", "n8", "n9"])
        let (first, second, third) = (state.members[0], state.members[1], state.members[2])
        #expect(first.id == "609fff70836ca56e" && first.isHealthy && first.isLeader && !first.isLearner)
        #expect(first.version == "3.4.23" && first.databaseSize == 1_703_936 && first.alarms == [])
        #expect(!second.isHealthy && second.version == nil && second.databaseSize == nil)
        #expect(third.isLearner && third.isHealthy && !third.isLeader && third.alarms == ["NOSPACE"])
        #expect(state.quorum.words == "1 of 2 voting members healthy, 2 needed")
        #expect(!state.isWell)
    }

    @Test func oneMemberAloneIsWellAndWithoutAnswersNothingIs() throws {
        let one = """
            {"members":[{"ID":5,"name":"n7","peerURLs":["https://192.0.2.7:2380"],"clientURLs":["https://192.0.2.7:2379"]}]}
            """
        let status = #"[{"Endpoint":"https://192.0.2.7:2379","Status":{"leader":5}}]"#
        let well = try #require(EtcdState(members: one, health: Self.health, status: status, alarms: "{}"))
        #expect(well.isWell && well.quorum.isThere)
        let silent = try #require(EtcdState(members: one, health: "", status: "", alarms: ""))
        #expect(!silent.isWell && !silent.quorum.isThere)
        #expect(EtcdState(members: "", health: "", status: "", alarms: "") == nil)
    }

    /// A database of two pages with its digest.
    private static func file() -> [UInt8] {
        let database = (0..<1024).map { UInt8(truncatingIfNeeded: $0 * 7) }
        return database + (SHA256.digest(of: database) ?? [])
    }

    @Test func aWholeSnapshotIsTaken() throws {
        let snapshot = try EtcdSnapshot(Self.file())
        #expect(snapshot.bytes.count == 1056)
        // printf abc | sha256sum
        #expect(
            SHA256.digest(of: Array("abc".utf8))?.prefix(4).map { $0 } == [0xba, 0x78, 0x16, 0xbf])
        #expect(snapshot.checksum.count == 64)
    }

    @Test func aDamagedSnapshotIsRefused() throws {
        let whole = Self.file()
        var changed = whole
        changed[100] ^= 1
        for bytes in [
            [], Array(whole.dropLast()), Array(whole.dropLast(32)), Array(whole.dropFirst(512)), changed,
        ] {
            #expect(throws: DamagedSnapshot.self) { _ = try EtcdSnapshot(bytes) }
        }
    }

    @Test func aRestoreThatWasCutOffGoesOnOnlyWhereAllAreInIt() {
        func answer(_ begun: String, _ now: String) -> Values {
            var values = Values()
            values["RESTORE_BEGUN"] = begun
            values["RESTORE_NOW"] = now
            return values
        }
        #expect(EtcdRestore.stamp(of: [answer("old", "a"), answer("old", "b")]) == "old")
        #expect(EtcdRestore.stamp(of: [answer("none", "a"), answer("none", "b")]) == "a")
        #expect(EtcdRestore.stamp(of: [answer("old", "a"), answer("none", "b")]) == "a")
        #expect(EtcdRestore.stamp(of: [answer("none", "a"), answer("old", "b")]) == "a")
        #expect(EtcdRestore.stamp(of: [answer("old", "a"), answer("older", "b")]) == "a")
    }

    @Test func aRestoreGoesFromTheControlPlaneToAllAndBack() {
        let graph = PhaseGraph(EtcdPhases.restore, Sample.cluster(workers: 1)) { _, _ in true }
        #expect(
            graph.items.map { "\($0.phase.id) \($0.host.name)" } == [
                "etcd-tool c1", "etcd-restore-file c1", "etcd-restore-check c1", "etcd-restore-stop c1",
                "etcd-restore c1", "etcd-restore-start c1", "etcd-restored c1", "etcd-restored w1",
                "etcd-restore-watchers c1", "etcd-restore-done c1",
            ])
        #expect(graph.items.map(\.needs) == [[], [0], [1], [2], [3], [4], [5], [5], [6, 7], [8]])
    }

    @Test func noMemberOfEtcdStartsBeforeAllHaveTheDataOfTheSnapshot() {
        let graph = PhaseGraph(EtcdPhases.restore, Sample.cluster(planes: 3)) { _, _ in true }
        func items(_ phase: String) -> [Int] {
            graph.items.indices.filter { graph.items[$0].phase.id == phase }
        }
        let order = [
            "etcd-restore-check", "etcd-restore-stop", "etcd-restore", "etcd-restore-start", "etcd-restored",
        ]
        for (before, after) in zip(order, order.dropFirst()) {
            #expect(items(before).count == 3)
            #expect(items(after).allSatisfy { graph.items[$0].needs == items(before) }, "\(after)")
        }
        #expect(items("etcd-restore-watchers").count == 1)
        #expect(items("etcd-restore-done").count == 3)
    }
}
