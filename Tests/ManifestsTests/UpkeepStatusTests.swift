import Manifests
import Testing
import YAML

@testable import Inventory

/// What is said of an application that is in a cluster.
@Suite struct UpkeepStatusTests {
    private let cluster = FakeCluster()

    @Test func whatIsWellIsSaidToBe() async throws {
        let upkeep = try await cluster.running(Ironwood.rendered(), of: Ironwood.edition())
        let status = try await upkeep.status()
        #expect(status.isWell)
        #expect(Set(status.services.map(\.id.name)) == Set(fifteen))
        #expect(status.services.first { $0.id.name == "mysql" }?.version == "5.6.51")
        #expect(status.jobs.map(\.state) == Array(repeating: .done(at: nil), count: status.jobs.count))
        #expect(status.jobs.map(\.name).contains("lms-provision"))
        #expect(status.queues == nil)
        #expect(status.leftOver.isEmpty)
    }

    @Test func aServiceThatIsNotReadyIsNamedWithItsCause() async throws {
        let upkeep = try await cluster.running(Ironwood.rendered(), of: Ironwood.edition())
        await cluster.spoil(ObjectID(kind: "Deployment", namespace: "openedx", name: "forum"))
        await cluster.remove(ObjectID(kind: "Deployment", namespace: "openedx", name: "devpi"))
        await cluster.put(
            pods: [.pod("forum-1", of: "forum", restarts: 2)],
            events: [["involvedObject": ["name": "forum-1"], "reason": "BackOff", "message": "again"]],
            logs: ["forum-1": "no way to mongo\n"])
        let status = try await upkeep.status()
        #expect(!status.isWell)
        let wrong = status.services.filter { !$0.isReady }
        #expect(wrong.map(\.id.name) == ["forum", "devpi"])
        #expect(wrong.map(\.state) == ["0 of 1 ready", "it is not there"])
        #expect(wrong.first?.reason?.causes.contains("BackOff: again") == true)
        #expect(wrong.first?.reason?.log == ["no way to mongo"])
        #expect(wrong.last?.reason == nil)
    }

    @Test func aJobIsDoneOnlyWhenWhatItDidIsWhatItWouldDo() async throws {
        let rendered = try Ironwood.rendered()
        let upkeep = try await cluster.running(rendered, of: Ironwood.edition())
        let failed = try rendered.job("mysql-accounts")
        let changed = try rendered.job("lms-provision")
        let never = try rendered.job("discovery-index")
        var node = try #require(await cluster.object(failed.id)).node
        node["status"] = ["conditions": [["type": "Failed", "status": "True", "reason": "Limit"]]]
        await cluster.put(node)
        node = try #require(await cluster.object(changed.id)).node
        node[path: ["metadata", "name"]] = "lms-provision-00000000"
        await cluster.put(node)
        await cluster.remove(changed.id)
        await cluster.remove(never.id)
        await cluster.put(
            pods: [.pod("p", labels: ["job-name": .string(failed.name)])], logs: ["p": "ERROR 1045\n"])
        let jobs = try await upkeep.jobs()
        func state(_ name: String) -> JobStatus.State? { jobs.first { $0.name == name }?.state }
        #expect(state("mysql-accounts") == .failed("Limit"))
        #expect(jobs.first { $0.name == "mysql-accounts" }?.reason?.log == ["ERROR 1045"])
        #expect(state("lms-provision") == .changed)
        #expect(state("discovery-index") == .never)
        #expect(state("mongo-accounts") == .done(at: nil))
        let status = try await upkeep.status()
        #expect(!status.isWell)
        #expect(status.leftOver.map(\.name) == ["lms-provision-00000000"])
    }

    @Test func theQueuesOfAllWorkersAreCounted() async throws {
        let upkeep = try await cluster.running(Verawood.rendered(), of: Verawood.edition())
        await cluster.answerPrograms { input in
            let count = String(decoding: input, as: UTF8.self).split(separator: "\n").count
            return KubectlOutput(output: Array((0..<count).map { "\($0)\n" }.joined().utf8))
        }
        let queues = try #require(try await upkeep.status().queues)
        #expect(queues.map(\.count) == Array(0..<6))
        #expect(queues.map(\.name).contains("edx.lms.core.high_mem"))
        #expect(await cluster.calls.contains { $0.contains("statefulset/redis") && $0.last == "redis-cli" })
        // what is no number is no length
        await cluster.answerPrograms { _ in KubectlOutput(output: Array("NOAUTH\n".utf8)) }
        #expect(try await upkeep.status().queues == nil)
    }

    @Test func aRedisElsewhereIsNotAsked() async throws {
        let elsewhere = { (openedx: inout ApplicationPart) in
            openedx.stores = [.init(name: "redis", host: "192.0.2.7", port: 6379)]
        }
        let edition = try Verawood.edition().chosen(by: Verawood.openedx(change: elsewhere))
        let rendered = try Verawood.rendered(change: elsewhere)
        let status = try await cluster.running(rendered, of: edition).status()
        #expect(status.isWell && status.queues == nil)
        #expect(await !cluster.calls.contains { $0[0] == "exec" })
    }
}

extension FakeCluster {
    /// Applies something, and gives what looks after it.
    func running(_ rendered: Rendered, of edition: Edition) async throws -> Upkeep {
        let applier = Applier(kubectl: kubectl, clock: FakeClock())
        _ = try await applier.apply(rendered) { _ in }
        forgetCalls()
        return Upkeep(rendered, of: edition, with: applier)
    }
}

extension Node {
    /// A pod of a service.
    static func pod(
        _ name: String, of service: String, isReady: Bool = false, isRunning: Bool = true, restarts: Int = 0
    ) -> Node {
        pod(
            name, labels: ["app.kubernetes.io/name": .string(service)], isReady: isReady,
            isRunning: isRunning,
            restarts: restarts)
    }

    /// A pod with labels.
    static func pod(
        _ name: String, labels: Node, isReady: Bool = false, isRunning: Bool = true, restarts: Int = 0,
        created: String = ""
    ) -> Node {
        [
            "metadata": ["name": .string(name), "labels": labels, "creationTimestamp": .string(created)],
            "spec": ["nodeName": "n2"],
            "status": [
                "conditions": [["type": "Ready", "status": isReady ? "True" : "False"]],
                "containerStatuses": [
                    [
                        "name": "c", "ready": .bool(isReady), "restartCount": .int(restarts),
                        "state": isRunning ? ["running": [:]] : ["waiting": ["reason": "CrashLoopBackOff"]],
                    ]
                ],
            ],
        ]
    }
}
