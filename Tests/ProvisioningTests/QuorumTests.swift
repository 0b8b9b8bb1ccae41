import Testing

@testable import Provisioning

/// Every combination of up to seven members, each a healthy or failed voter or learner, against an oracle that knows
/// no arithmetic of majorities: it looks for a set of answering voters that every other set with a say must meet.
struct QuorumTests {
    /// Members as bits: who votes, who answers.
    private struct Scene {
        let count: Int
        let voters: Int
        let healthy: Int

        var members: [EtcdMember] {
            (0..<count).map {
                EtcdMember("m\($0)", isVoting: voters & 1 << $0 != 0, isHealthy: healthy & 1 << $0 != 0)
            }
        }
    }

    private static let scenes = (0...7).flatMap { count in
        (0..<1 << count).flatMap { voters in
            (0..<1 << count).map { Scene(count: count, voters: voters, healthy: $0) }
        }
    }

    /// Whether the voters that answer cannot be outvoted: those who do not answer are fewer than they, one for one.
    private static func decides(_ voters: Int, _ healthy: Int) -> Bool {
        var answering: [Int] = []
        var silent: [Int] = []
        for bit in 0..<8 where voters & 1 << bit != 0 {
            if healthy & 1 << bit != 0 { answering.append(bit) } else { silent.append(bit) }
        }
        while !answering.isEmpty, !silent.isEmpty {
            answering.removeLast()
            silent.removeLast()
        }
        return !answering.isEmpty
    }

    /// Walks the states of a change; false as soon as one of them cannot decide.
    private static func survives(_ scene: Scene, _ states: [(voters: Int, healthy: Int)]) -> Bool {
        decides(scene.voters, scene.healthy) && states.allSatisfy { decides($0.voters, $0.healthy) }
    }

    // an expectation for each of half a million would take longer than all other tests
    @Test func everyStateIsJudgedAsTheOracleDoes() {
        var there = 0
        var wrong: [String] = []
        for scene in Self.scenes {
            let quorum = Quorum(scene.members)
            let decides = Self.decides(scene.voters, scene.healthy)
            there += decides ? 1 : 0
            if quorum.isThere != decides { wrong.append("\(scene)") }
            // one that fails after another: etcd lives for exactly as many as it is said to spare
            var healthy = scene.healthy
            var failures = 0
            for bit in 0..<8 where scene.voters & healthy & 1 << bit != 0 {
                healthy &= ~(1 << bit)
                guard Self.decides(scene.voters, healthy) else { break }
                failures += 1
            }
            if decides, quorum.spare != failures { wrong.append("\(scene) spares \(failures)") }
        }
        #expect(wrong == [])
        #expect(there > 0 && there < Self.scenes.count)
    }

    @Test func everyRestartAndRemovalIsJudgedAsTheOracleDoes() {
        var wrong: [String] = []
        for scene in Self.scenes {
            let quorum = Quorum(scene.members)
            for bit in 0..<scene.count {
                let one = 1 << bit
                let restart = Self.survives(
                    scene, [(scene.voters, scene.healthy & ~one), (scene.voters, scene.healthy)])
                if quorum.verdict(on: .restart("m\(bit)")).isKept != restart {
                    wrong.append("\(scene) \(bit)")
                }
                // with nobody left to vote, nobody decides
                let remove = Self.survives(scene, [(scene.voters & ~one, scene.healthy & ~one)])
                if quorum.verdict(on: .remove("m\(bit)")).isKept != remove { wrong.append("\(scene) \(bit)") }
            }
        }
        #expect(wrong == [])
    }

    @Test(arguments: [true, false])
    func everyAdditionAndReplacementIsJudgedAsTheOracleDoes(asLearner: Bool) {
        var wrong: [String] = []
        for scene in Self.scenes {
            let quorum = Quorum(scene.members)
            let all = (1 << scene.count) - 1
            let hasLearner = { (except: Int) in scene.voters | except != all }
            let new = 1 << 7
            let announced = (scene.voters | (asLearner ? 0 : new), scene.healthy)
            let add =
                !(asLearner && hasLearner(0))
                && Self.survives(scene, [announced, (scene.voters | new, scene.healthy | new)])
            if quorum.verdict(on: .add("new", asLearner: asLearner)).isKept != add {
                wrong.append("\(scene)")
            }
            for bit in 0..<scene.count {
                let one = 1 << bit
                let rest = (voters: scene.voters & ~one, healthy: scene.healthy & ~one)
                let replace =
                    !(asLearner && hasLearner(one))
                    && Self.survives(
                        scene,
                        [
                            rest, (asLearner ? rest.voters : rest.voters | one, rest.healthy),
                            (rest.voters | one, rest.healthy | one),
                        ])
                let verdict = quorum.verdict(on: .replace("m\(bit)", asLearner: asLearner))
                if verdict.isKept != replace { wrong.append("\(scene) \(bit)") }
            }
        }
        #expect(wrong == [])
    }

    @Test func everyRefusalHasItsReason() {
        let three = Quorum([EtcdMember("a"), EtcdMember("b"), EtcdMember("c", isHealthy: false)])
        #expect(
            three.verdict(on: .restart("a")).reason
                == "etcd would have no quorum while a restarts: 1 of 3 voting members healthy, 2 needed")
        #expect(
            three.verdict(on: .remove("a")).reason
                == "etcd would have no quorum after a leaves: 1 of 2 voting members healthy, 2 needed")
        #expect(three.verdict(on: .remove("c")).isKept)
        #expect(three.verdict(on: .remove("z")).reason == "etcd has no member z")
        #expect(three.verdict(on: .add("a", asLearner: true)).reason == "a is a member of etcd already")
        let one = Quorum([EtcdMember("a")])
        #expect(one.verdict(on: .remove("a")).reason == "a is the last voting member of etcd")
        #expect(one.verdict(on: .add("b", asLearner: true)).isKept)
        #expect(
            one.verdict(on: .add("b", asLearner: false)).reason
                == "etcd would have no quorum while b joins: 1 of 2 voting members healthy, 2 needed")
        let learning = Quorum([EtcdMember("a"), EtcdMember("b", isVoting: false)])
        #expect(
            learning.verdict(on: .add("c", asLearner: true)).reason
                == "b is a learner still, and etcd takes one at a time")
        let lost = Quorum([EtcdMember("a"), EtcdMember("b", isHealthy: false)])
        #expect(
            lost.verdict(on: .remove("b")).reason
                == "etcd has no quorum now: 1 of 2 voting members healthy, 2 needed")
    }
}
