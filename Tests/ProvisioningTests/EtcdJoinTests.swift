import Testing
import YAML

@testable import Inventory
@testable import Provisioning

/// What etcd must be like for a control plane to join.
struct EtcdJoinTests {
    private func member(
        _ name: String, _ number: Int, isLearner: Bool = false, isHealthy: Bool = true
    ) -> EtcdState.Member {
        EtcdState.Member(
            name: name, id: name, peer: "https://192.0.2.\(number):2380", isLearner: isLearner,
            isHealthy: isHealthy)
    }

    private func objection(
        _ members: [EtcdState.Member], asLearner: Bool = false, isUnfinished: Bool = false
    ) -> Finding? {
        EtcdJoin(
            host: Sample.host("c4", "192.0.2.14", .controlPlane), asLearner: asLearner,
            isUnfinished: isUnfinished
        ).objection(of: EtcdState(members: members))
    }

    @Test(arguments: [false, true])
    func itJoinsWhereAllAnswer(_ asLearner: Bool) {
        let members = [member("c1", 11), member("c2", 12), member("c3", 13)]
        for count in 1...3 {
            #expect(objection(Array(members.prefix(count)), asLearner: asLearner) == nil)
        }
    }

    @Test(arguments: [false, true])
    func noneJoinsBesideOneThatDoesNotAnswer(_ asLearner: Bool) throws {
        let members = [member("c1", 11), member("c2", 12, isHealthy: false), member("c3", 13)]
        let finding = try #require(objection(members, asLearner: asLearner))
        #expect(
            finding.message
                == "etcd's member c2 does not answer (2 of 3 voting members healthy, 2 needed)")
        #expect(finding.severity == .error && finding.cure.contains("`mooc-cluster node remove c2`"))
    }

    @Test func noneJoinsBesideOneThatHasNotStarted() throws {
        let finding = try #require(
            objection([member("c1", 11), member("c2", 12), member("", 13, isHealthy: false)]))
        #expect(finding.message.contains("https://192.0.2.13:2380 was announced and has not started"))
    }

    @Test func aMemberFromBeforeGoesFirst() throws {
        for own in [member("c4", 14), member("", 14, isHealthy: false)] {
            let finding = try #require(objection([member("c1", 11), own]))
            #expect(finding.cure.contains("`mooc-cluster node remove c4`"))
        }
    }

    @Test func aJoinThatWasCutOffGoesOn() throws {
        let members = [member("c1", 11), member("c2", 12), member("c3", 13)]
        for own in [member("c4", 14), member("c4", 14, isHealthy: false), member("", 14, isHealthy: false)] {
            #expect(objection(members + [own], isUnfinished: true) == nil)
        }
    }

    @Test func learnersComeOneAtATime() throws {
        let members = [member("c1", 11), member("c2", 12), member("c3", 13, isLearner: true)]
        let finding = try #require(objection(members, asLearner: true))
        #expect(finding.message.contains("c3 is a learner still"))
        #expect(objection(members, asLearner: false) == nil)
    }

    @Test func noneIsReplacedWithoutAQuorum() throws {
        let members = [member("c1", 11), member("c2", 12)]
        let own = member("c4", 14, isHealthy: false)
        #expect(objection(members + [own], isUnfinished: true) == nil)
        #expect(objection([member("c1", 11, isHealthy: false)] + [own], isUnfinished: true) != nil)
    }
}
