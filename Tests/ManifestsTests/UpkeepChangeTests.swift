import Inventory
import Manifests
import Testing
import YAML

/// What is done to an application that is in a cluster.
@Suite struct UpkeepChangeTests {
    private let cluster = FakeCluster()

    private func upkeep(_ change: (inout ApplicationPart) -> Void = { _ in }) async throws -> Upkeep {
        try await cluster.running(Ironwood.rendered(change: change), of: Ironwood.edition())
    }

    @Test func anUnknownNameIsSaidWithTheNearest() throws {
        let rendered = try Ironwood.rendered()
        let error = #expect(throws: UnknownName.self) { try rendered.service("lsm") }
        #expect(error?.nearest == "lms" && error?.known == fifteen.sorted())
        #expect(throws: UnknownName.self) { try rendered.service("lms-provision") }
        #expect(throws: UnknownName.self) { try rendered.job("lms") }
        #expect(try rendered.job("lms-provision").name.hasPrefix("lms-provision-"))
    }

    @Test func aJobIsRunAgainAndNoOther() async throws {
        let rendered = try Ironwood.rendered()
        let upkeep = try await upkeep()
        try await upkeep.run([rendered.job("lms-provision"), rendered.job("mysql-accounts")]) { _ in }
        let calls = await cluster.calls
        let deleted = calls.filter { $0[0] == "delete" }.map { $0[1] }
        #expect(
            try deleted == [
                "\(rendered.job("mysql-accounts").id)", "\(rendered.job("lms-provision").id)",
            ])
        #expect(calls.filter { $0[0] == "apply" }.count == 2)
        #expect(await cluster.ids == Set(rendered.objects.map(\.id)))
    }

    @Test func aPlanOfJobsNamesThemInTheirOrderAndChangesNothing() async throws {
        let rendered = try Ironwood.rendered()
        let upkeep = try await upkeep()
        let (first, second) = (try rendered.job("mysql-accounts"), try rendered.job("lms-provision"))
        await cluster.remove(first.id)
        await cluster.forgetCalls()
        let changes = try await upkeep.plan(runOf: [second, first])
        #expect(changes.map(\.id) == [first.id, second.id, second.id])
        #expect(changes.map(\.kind) == [.create, .delete, .create])
        #expect(changes.map(\.fetches) == [first.images, [], second.images])
        #expect(await cluster.calls.allSatisfy { $0.first == "get" })
    }

    @Test func aJobThatRunsIsLeftAlone() async throws {
        let job = try Ironwood.rendered().job("lms-provision")
        let upkeep = try await upkeep()
        var node = try #require(await cluster.object(job.id)).node
        node["status"] = ["active": 1]
        await cluster.put(node)
        await #expect(throws: UpkeepError.running("lms-provision")) { try await upkeep.run([job]) { _ in } }
        await #expect(throws: UpkeepError.running("lms-provision")) { try await upkeep.plan(runOf: [job]) }
        #expect(await !cluster.calls.contains { $0[0] == "delete" || $0[0] == "apply" })
    }

    @Test func aJobThatFailsAgainIsNamed() async throws {
        let job = try Ironwood.rendered().job("lms-provision")
        let upkeep = try await upkeep()
        await cluster.breakWorkload("lms-provision", pods: [], events: [], logs: [:])
        let error = await #expect(throws: ManifestError.self) { try await upkeep.run([job]) { _ in } }
        guard case .stuck("job lms-provision", let reasons)? = error else {
            Issue.record("\(error as Any)")
            return
        }
        #expect(reasons.map(\.workload) == ["\(job.id)"])
    }

    @Test func servicesRestartInTheOrderOfTheirStart() async throws {
        let rendered = try Ironwood.rendered()
        let upkeep = try await upkeep()
        await cluster.put(pods: [.pod("lms-1", of: "lms", isReady: true), .pod("lms-0", of: "lms")])
        let done = try await upkeep.restart([rendered.service("lms"), rendered.service("mysql")]) { _ in }
        #expect(done.map(\.id.description) == ["statefulset/mysql", "deployment/lms"])
        #expect(done.last?.pods.map(\.name) == ["lms-1"])
        let restarted = await cluster.calls.filter { $0[0] == "rollout" }.map { $0[2] }
        #expect(restarted == ["statefulset/mysql", "deployment/lms"])
    }

    @Test func whatIsNotThereIsNotRestarted() async throws {
        let lms = try Ironwood.rendered().service("lms")
        let upkeep = try await upkeep()
        await cluster.remove(lms.id)
        await #expect(throws: UpkeepError.absent(lms.id)) { try await upkeep.restart([lms]) { _ in } }
        #expect(await !cluster.calls.contains { $0[0] == "rollout" })
    }

    @Test func aRollbackSaysWhatCameBack() async throws {
        _ = try await upkeep()
        let upkeep = try await upkeep { $0.images = [(name: "edxapp", reference: "example.edu/edxapp:new")] }
        let lms = try Ironwood.rendered().service("lms")
        // what kubectl puts there for a restart is no other template, and what somebody else does goes
        var node = try #require(await cluster.object(lms.id)).node
        let template = ["spec", "template"]
        node[path: template + ["metadata", "annotations", "kubectl.kubernetes.io/restartedAt"]] = "now"
        node[path: template + ["spec", "nodeName"]] = "n9"
        node[path: ["spec", "replicas"]] = 2
        await cluster.put(node)
        let done = try await upkeep.rollBack(lms, to: nil) { _ in }
        #expect(
            done.fields.map(\.description) == [
                #"spec.containers[lms].image: "example.edu/edxapp:new" → "docker.io/edxops/edxapp:ironwood.master""#,
                #"spec.nodeName: "n9" → none"#,
            ])
        let after = try #require(await cluster.object(lms.id)).node
        #expect(after[path: template + ["metadata", "labels", "pod-template-hash"]] == nil)
        #expect(after[path: ["spec", "replicas"]]?.text == "2")
        #expect(await !cluster.calls.contains { $0.contains("undo") })
    }

    @Test func aPlanSaysTheSameAndChangesNothing() async throws {
        _ = try await upkeep()
        let upkeep = try await upkeep { $0.images = [(name: "edxapp", reference: "example.edu/edxapp:new")] }
        let lms = try Ironwood.rendered().service("lms")
        let before = try #require(await cluster.object(lms.id)).node
        let back = try await upkeep.plan(rollbackOf: lms, to: nil)
        #expect(
            back.map { $0.fields.map(\.description) } == [
                [
                    #"spec.containers[lms].image: "example.edu/edxapp:new" → "docker.io/edxops/edxapp:ironwood.master""#
                ]
            ])
        #expect(back.map(\.fetches) == [["docker.io/edxops/edxapp:ironwood.master"]])
        let scaled = try await upkeep.plan(scalingOf: lms, to: 7)
        #expect(scaled.map { $0.fields.map(\.path) } == [["spec.replicas"]])
        #expect(scaled.first?.fields.first?.new == "7")
        let count = try #require(before[path: ["spec", "replicas"]]?.text.flatMap { Int($0) })
        #expect(try await upkeep.plan(scalingOf: lms, to: count).isEmpty)
        #expect(try await upkeep.plan(restartOf: [lms]).map(\.id) == [lms.id])
        #expect(await cluster.object(lms.id)?.node.json() == before.json())
    }

    @Test func aRevisionIsChosenByItsNumber() async throws {
        _ = try await upkeep()
        for image in ["two", "three"] {
            _ = try await upkeep { $0.images = [(name: "edxapp", reference: "example.edu/\(image)")] }
        }
        let lms = try Ironwood.rendered().service("lms")
        let upkeep = Upkeep(
            try Ironwood.rendered(), of: try Ironwood.edition(),
            with: Applier(kubectl: cluster.kubectl, clock: FakeClock()))
        let done = try await upkeep.rollBack(lms, to: 1) { _ in }
        #expect(done.fields.map(\.new) == [#""docker.io/edxops/edxapp:ironwood.master""#])
        #expect(done.fields.map(\.old) == [#""example.edu/three""#])
    }

    @Test func withoutAnEarlierTemplateThereIsNoRollback() async throws {
        let upkeep = try await upkeep()
        let lms = try Ironwood.rendered().service("lms")
        await #expect(throws: UpkeepError.noRevision("lms", known: [1])) {
            try await upkeep.rollBack(lms, to: nil) { _ in }
        }
        await #expect(throws: UpkeepError.noRevision("lms", known: [1])) {
            try await upkeep.rollBack(lms, to: 7) { _ in }
        }
        #expect(await !cluster.calls.contains { $0[0] == "apply" })
    }

    @Test func onlyWhatTheInventoryMayCountIsScaled() async throws {
        let upkeep = try await upkeep()
        let rendered = try Ironwood.rendered()
        let done = try await upkeep.scale(rendered.service("lms"), to: 3) { _ in }
        let spec = try #require(await cluster.object(done.id)).node[path: ["spec", "replicas"]]
        #expect(spec?.text == "3")
        for name in ["mysql", "memcached", "devpi"] {
            let error = await #expect(throws: UpkeepError.self) {
                try await upkeep.scale(rendered.service(name), to: 2) { _ in }
            }
            guard case .notScalable(name, let why)? = error else {
                Issue.record("\(error as Any)")
                continue
            }
            #expect(why.contains(name == "mysql" ? "data" : "gone"))
        }
        #expect(await cluster.calls.filter { $0[0] == "scale" }.count == 1)
    }

    @Test func aSecondBeatIsRefused() throws {
        let rendered = try Verawood.rendered()
        var beat = try rendered.service("smtp")
        #expect(try Verawood.edition().scalingRefusal(beat, in: rendered)?.contains("one of it") == true)
        beat.node[path: ["spec", "template", "spec", "containers"]] = [
            ["name": "beat", "args": ["celery", "--app=lms.celery", "beat"]]
        ]
        #expect(try Verawood.edition().scalingRefusal(beat, in: rendered)?.contains("twice") == true)
    }

    @Test func whatIsLeftOverIsPrunedButWhatHoldsDataOnlyWhenNamed() async throws {
        _ = try await upkeep()
        var fewer = try Ironwood.rendered()
        fewer.foundations.removeAll { $0.name == "devpi" || $0.name == "devpi-data" }
        for index in fewer.waves.indices { fewer.waves[index].objects.removeAll { $0.name == "devpi" } }
        let upkeep = Upkeep(
            fewer, of: try Ironwood.edition(), with: Applier(kubectl: cluster.kubectl, clock: FakeClock()))
        await cluster.put([
            "apiVersion": "v1", "kind": "Secret",
            "metadata": ["name": "old", "namespace": "openedx", "labels": ["mooc-cluster/owner": "openedx"]],
        ])
        let found = try await upkeep.leftOver()
        #expect(Set(found.loose.map(\.description)) == ["deployment/devpi", "service/devpi"])
        #expect(
            Set(found.holding.map(\.description)) == [
                "persistentvolume/devpi-data", "persistentvolumeclaim/devpi-data", "secret/old",
            ])
        #expect(await !cluster.calls.contains { $0[0] == "delete" })
        let removed = try await upkeep.prune(only: found.loose) { _ in }
        #expect(removed == found.loose)
        let again = try await upkeep.leftOver()
        #expect(again.loose.isEmpty && again.holding == found.holding)
        _ = try await upkeep.prune(only: found.holding) { _ in }
        #expect(await cluster.ids == Set(fewer.objects.map(\.id)))
    }
}
