import Cryptography
import Inventory
import Manifests
import Synchronization
import Testing
import YAML

@Suite struct ApplyTests {
    private let cluster = FakeCluster()
    private var applier: Applier { Applier(kubectl: cluster.kubectl, clock: FakeClock()) }
    private let secrets = SecretValues(["admin-password": "canary-5Kx"])

    private func rendered(_ change: (inout ApplicationPart) -> Void = { _ in }) throws -> Rendered {
        try Ironwood.rendered(secrets: secrets, change: change)
    }

    @Test func theFirstRunCreatesEverythingAndTheSecondNothing() async throws {
        let rendered = try rendered()
        let first = try await applier.apply(rendered) { _ in }
        #expect(first.changes.count == rendered.objects.count)
        #expect(first.changes.allSatisfy { $0.kind == .create })
        #expect(await cluster.ids == Set(rendered.objects.map(\.id)))

        await cluster.forgetCalls()
        let second = try await applier.apply(rendered) { _ in }
        #expect(second.changes.isEmpty)
        let calls = await cluster.calls
        #expect(!calls.contains { $0[0] == "apply" && !$0.contains("--dry-run=server") })
        #expect(!calls.contains { $0[0] == "delete" })
        // Nothing is asked twice: the first look tells of each service that it is ready.
        #expect(calls.count == Set(calls).count && !calls.contains { $0.contains("deployment/lms") })
        #expect(try await applier.changes(of: rendered).isEmpty)
    }

    @Test func wavesAreAppliedInOrderAndWaitedFor() async throws {
        let events = Mutex<[ApplyEvent]>([])
        let rendered = try rendered()
        _ = try await applier.apply(rendered) { event in events.withLock { $0.append(event) } }
        let seen = events.withLock { $0 }
        let names = seen.compactMap { if case .wave(let name, _, _) = $0 { name } else { nil } }
        #expect(names == ["foundations"] + rendered.waves.map(\.name))
        let ready = seen.firstIndex(
            of: .ready(ObjectID(kind: "StatefulSet", namespace: "openedx", name: "mysql")))
        let lms = seen.firstIndex(
            of: .changed(ObjectID(kind: "Deployment", namespace: "openedx", name: "lms"), .create))
        #expect(try #require(ready) < #require(lms))
    }

    @Test func onlyWhatDiffersIsChanged() async throws {
        _ = try await applier.apply(rendered()) { _ in }
        let more = try rendered { $0.replicas = [(service: "forum", count: 3)] }
        let changes = try await applier.changes(of: more)
        #expect(changes.map(\.id.description) == ["deployment/forum"])
        #expect(changes.first?.fields.map(\.description) == ["spec.replicas: 1 → 3"])
    }

    @Test func whatIsNotRenderedAnyMoreIsRemovedButNotData() async throws {
        _ = try await applier.apply(rendered()) { _ in }
        var fewer = try rendered()
        fewer.foundations.removeAll { $0.name == "devpi" || $0.name == "devpi-data" }
        for index in fewer.waves.indices { fewer.waves[index].objects.removeAll { $0.name == "devpi" } }
        let report = try await applier.apply(fewer) { _ in }
        #expect(Set(report.changes.map(\.id.description)) == ["deployment/devpi", "service/devpi"])
        #expect(report.changes.allSatisfy { $0.kind == .delete })
        let left = await cluster.ids.map(\.description)
        #expect(!left.contains("deployment/devpi"))
        #expect(
            left.contains("persistentvolume/devpi-data") && left.contains("persistentvolumeclaim/devpi-data"))
    }

    @Test func objectsOfOthersAreNotTouched() async throws {
        await cluster.put([
            "apiVersion": "v1", "kind": "PersistentVolume",
            "metadata": ["name": "mysql-data", "labels": ["a": "b"]],
        ])
        await #expect(throws: ManifestError.foreign(["persistentvolume/mysql-data"])) {
            try await applier.apply(rendered()) { _ in }
        }
        #expect(await cluster.ids.count == 1)
    }

    @Test func aNamespaceThatIsThereAlreadyIsTaken() async throws {
        await cluster.put(["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "openedx"]])
        let report = try await applier.apply(rendered()) { _ in }
        #expect(report.changes.first { $0.id.kind == "Namespace" }?.kind == .update)
    }

    @Test func aFailedJobIsMadeAgain() async throws {
        let rendered = try rendered()
        let job = try #require(rendered.all("Job").first { $0.name.hasPrefix("mysql-accounts") })
        _ = try await applier.apply(rendered) { _ in }
        var failed = try #require(await cluster.object(job.id)).node
        failed["status"] = [
            "conditions": [["type": "Failed", "status": "True", "reason": "BackoffLimitExceeded"]]
        ]
        await cluster.put(failed)
        let report = try await applier.apply(rendered) { _ in }
        #expect(report.changes.map(\.id) == [job.id])
        let again = try await applier.apply(rendered, rerunJobs: true) { _ in }
        #expect(Set(again.changes.map(\.id)) == Set(rendered.all("Job").map(\.id)))
    }

    @Test func newPasswordsAreHiddenAndTakenUp() async throws {
        _ = try await applier.apply(rendered()) { _ in }
        let other = try Ironwood.rendered(secrets: SecretValues(["admin-password": "other-9Jq"]))
        let changes = try await applier.changes(of: other)
        let text = "\(changes)"
        #expect(changes.map(\.id.kind) == ["Secret"])
        #expect(!text.contains(Base64.encode("other-9Jq")) && !text.contains(Base64.encode("canary-5Kx")))
        await cluster.forgetCalls()
        _ = try await applier.apply(other) { _ in }
        let restarted = await cluster.calls.filter { $0[0] == "rollout" }.map { $0[2] }
        #expect(restarted.contains("deployment/lms"))
        let stored = try await applier.existingSecrets(of: Ironwood.edition(), namespace: "openedx")
        #expect(stored.reveal("admin-password") == "other-9Jq")
    }

    @Test func anotherEditionDoesNotTakeItsPlace() async throws {
        _ = try await applier.apply(rendered()) { _ in }
        var edition = try Verawood.edition()
        let refusal = ManifestError.otherEdition("ironwood", wanted: "Open edX Verawood")
        await #expect(throws: refusal) {
            try await applier.existingSecrets(of: edition, namespace: "openedx")
        }
        edition.follows = ["ironwood"]
        _ = try await applier.existingSecrets(of: edition, namespace: "openedx")
    }

    @Test func noSecretStandsOnACommandLine() async throws {
        _ = try await applier.apply(rendered()) { _ in }
        for argument in await cluster.calls.joined() {
            #expect(!argument.contains("canary-5Kx") && !argument.contains(Base64.encode("canary-5Kx")))
        }
    }

    @Test func whatIsStuckIsNamedWithItsCauses() async throws {
        let labels: Node = ["app.kubernetes.io/name": "forum"]
        let status: Node = [
            "phase": "Running",
            "containerStatuses": [
                [
                    "name": "forum", "ready": false, "restartCount": 4,
                    "state": ["waiting": ["reason": "CrashLoopBackOff", "message": "back-off 1m"]],
                    "lastState": ["terminated": ["exitCode": 1, "reason": "Error"]],
                ]
            ],
        ]
        await cluster.breakWorkload(
            "forum",
            pods: [
                [
                    "metadata": ["name": "forum-1", "labels": labels], "spec": ["nodeName": "node2"],
                    "status": status,
                ]
            ],
            events: [
                [
                    "involvedObject": ["name": "forum-1"], "reason": "BackOff",
                    "message": "restarting failed container",
                ]
            ], logs: ["forum-1": "cannot reach edx.devstack.mongo\n"])
        let error = await #expect(throws: ManifestError.self) { try await applier.apply(rendered()) { _ in } }
        guard case .stuck(let wave, let reasons)? = error else {
            Issue.record("\(error as Any)")
            return
        }
        #expect(wave == "services")
        #expect(reasons.map(\.workload) == ["deployment/forum"])
        #expect(reasons.first?.node == "node2")
        #expect(
            reasons.first?.causes == [
                "0 of 1 ready", "forum waits, CrashLoopBackOff: back-off 1m", "forum ended with 1 (Error)",
                "BackOff: restarting failed container",
            ])
        #expect(reasons.first?.log == ["cannot reach edx.devstack.mongo"])
        #expect(await cluster.calls.contains { $0[0] == "logs" && $0.contains("--previous") })
    }

    @Test func aJobThatFailedIsNotWaitedForAnyLonger() async throws {
        await cluster.breakWorkload("mysql-accounts", pods: [], events: [], logs: [:])
        let error = await #expect(throws: ManifestError.self) { try await applier.apply(rendered()) { _ in } }
        guard case .stuck("databases and accounts", let reasons)? = error else {
            Issue.record("\(error as Any)")
            return
        }
        #expect(reasons.first?.causes == ["R"])
        #expect(await !cluster.ids.contains { $0.name == "lms" && $0.kind == "Deployment" })
    }

    @Test func claimsThatStallAreLookedAtAgain() async throws {
        await cluster.stallClaims()
        let rendered = try rendered()
        _ = try await applier.apply(rendered) { _ in }
        let claims = rendered.objects.filter { $0.kind == "PersistentVolumeClaim" }
        let touched = await cluster.calls.filter { $0[0] == "annotate" }
        #expect(!claims.isEmpty)
        for claim in claims {
            let words = touched.filter { $0[1] == "\(claim.id)" }.map { $0[2] }
            #expect(words == ["mooc-cluster/look=again", "mooc-cluster/look-"], "\(claim.id)")
        }
    }

    @Test func destroyLeavesDataAndPasswords() async throws {
        let rendered = try rendered()
        _ = try await applier.apply(rendered) { _ in }
        let report = try await applier.destroy(rendered) { _ in }
        let kinds = Set(await cluster.ids.map(\.kind))
        #expect(kinds == ["Namespace", "Secret", "PersistentVolume", "PersistentVolumeClaim"])
        #expect(await Set(report.kept) == cluster.ids)
        #expect(report.folders.count == 9)
        let again = try await applier.apply(rendered) { _ in }
        #expect(!again.changes.contains { kinds.contains($0.id.kind) })
        _ = try await applier.destroy(rendered, withData: true) { _ in }
        #expect(await cluster.ids.isEmpty)
    }

    @Test func failuresOfKubectlAreNamed() async {
        let kubectl: Kubectl = { _, _ in
            KubectlOutput(output: [], error: Array("The connection to the server was refused".utf8), code: 1)
        }
        await #expect(
            throws: ManifestError.kubectl(
                action: "read the passwords", message: "The connection to the server was refused")
        ) {
            try await Applier(kubectl: kubectl, clock: FakeClock()).existingSecrets(
                of: Ironwood.edition(), namespace: "openedx")
        }
    }
}
