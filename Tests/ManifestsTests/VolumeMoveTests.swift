import Inventory
import Manifests
import Synchronization
import Testing
import YAML

/// Bringing volumes to another node.
@Suite final class VolumeMoveTests: Sendable {
    private let cluster = FakeCluster()
    /// What the shell was told, and what it answers.
    private let scripts = Mutex<[String]>([])

    /// The wiki with MySQL's volume on a node; read once, since this is asked for often.
    private static let wikis = Dictionary(
        uniqueKeysWithValues: ["node1", "node2"].map { node in
            (
                node,
                Result<Rendered, any Error> {
                    try OtherApplication.rendered("mediawiki") {
                        $0.volumeNodes = [(claim: "mediawiki-mysql", node: node)]
                    }
                }
            )
        })

    private func rendered(on node: String) throws -> Rendered {
        try #require(Self.wikis[node]).get()
    }

    /// A cluster that has the wiki with MySQL's volume on node1.
    private func begin() async throws {
        for name in ["node1", "node2"] {
            await cluster.put([
                "apiVersion": "v1", "kind": "Node", "metadata": ["name": .string(name)],
                "status": ["conditions": [["type": "Ready", "status": "True"]]],
            ])
        }
        _ = try await Applier(kubectl: cluster.kubectl, clock: FakeClock())
            .apply(rendered(on: "node1")) { _ in }
    }

    private func prepared(
        _ claims: [String] = ["mediawiki-mysql"], to node: String = "node2", kubectl: Kubectl? = nil,
        code: Int32 = 0
    ) throws -> VolumeMove {
        VolumeMove(
            of: claims, to: node, in: try rendered(on: "node2"),
            with: Applier(kubectl: kubectl ?? cluster.kubectl, clock: FakeClock())
        ) { script in
            self.scripts.withLock { $0.append(script) }
            return (code, "no space left\n")
        }
    }

    private func move(
        _ claims: [String] = ["mediawiki-mysql"], to node: String = "node2", kubectl: Kubectl? = nil,
        code: Int32 = 0
    ) async throws -> [VolumeMove.Remainder] {
        try await prepared(claims, to: node, kubectl: kubectl, code: code).perform { _ in }
    }

    /// The volume is on node2, who uses it is back, and nothing of the move is left.
    private func expectMoved() async throws {
        let id = ObjectID(kind: "PersistentVolume", namespace: nil, name: "mediawiki-mysql")
        let volume = try #require(await cluster.object(id))
        #expect(volume.node.volumeNodes == ["node2"])
        let claim = ObjectID(kind: "PersistentVolumeClaim", namespace: "mediawiki", name: "mediawiki-mysql")
        #expect(await cluster.object(claim) != nil)
        let mysql = ObjectID(kind: "StatefulSet", namespace: "mediawiki", name: "mysql")
        #expect(await cluster.object(mysql)?.replicas == 1)
        #expect(await !cluster.ids.contains { $0.name.hasPrefix("volume-move") })
    }

    @Test func aVolumeIsMovedAndTheOldFolderStays() async throws {
        try await begin()
        await cluster.answerPrograms { _ in KubectlOutput(output: []) }
        let left = try await move()
        #expect(left.map(\.node) == ["node1"])
        #expect(left.map(\.folder) == ["/var/lib/mooc-cluster/mediawiki/mediawiki-mysql.moved-to-node2"])
        try await expectMoved()
        #expect(scripts.withLock { $0.count } == 1)
        let calls = await cluster.calls.map { $0.joined(separator: " ") }
        let stop = try #require(calls.firstIndex { $0.hasPrefix("scale statefulset/mysql --replicas=0") })
        let go = try #require(
            calls.firstIndex { $0.hasPrefix("delete persistentvolumeclaim/mediawiki-mysql") })
        #expect(stop < go)
        #expect(!calls.contains { $0.hasPrefix("scale deployment/mediawiki") }, "who does not use it goes on")

        await cluster.forgetCalls()
        #expect(try await move() == [])
        #expect(await cluster.calls.allSatisfy { $0.first == "get" }, "a second time changes nothing")
    }

    @Test func aPlanSaysWhatIsLeftToDoAndChangesNothing() async throws {
        try await begin()
        await cluster.answerPrograms { _ in KubectlOutput(output: []) }
        await cluster.forgetCalls()
        let before = try await prepared().plan()
        #expect(before.deeds.map(\.claim) == ["mediawiki-mysql"])
        guard case .copy(let volume)? = before.deeds.first?.deed else {
            Issue.record("\(before.deeds)")
            return
        }
        #expect(volume.nodes == ["node1"] && volume.folder?.hasSuffix("/mediawiki-mysql") == true)
        #expect(before.stopped.map(\.description) == ["statefulset/mysql"])
        #expect(await cluster.calls.allSatisfy { $0.first == "get" })
        // cut off where the old folder gets its name
        let cluster = cluster
        let breaking: Kubectl = { arguments, input in
            if arguments.contains(where: { $0.contains("mv ") }) { throw CancellationError() }
            return try await cluster.kubectl(arguments, input)
        }
        await #expect(throws: CancellationError.self) { try await move(kubectl: breaking) }
        let between = try await prepared().plan()
        #expect(between.deeds.map(\.deed) == [.rename(on: "node1")])
        #expect(between.stopped.isEmpty)
        _ = try await move()
        #expect(try await prepared().plan().deeds.isEmpty)
    }

    /// The connection breaks at each question in turn, and the same move is begun again.
    @Test func interruptedAnywhereTheSameMoveFinishes() async throws {
        for count in 0... {
            let test = VolumeMoveTests()
            try await test.begin()
            await test.cluster.answerPrograms { _ in KubectlOutput(output: []) }
            let left = Mutex(count / 2)
            let cluster = test.cluster
            let breaking: Kubectl = { arguments, input in
                let number = left.withLock { left in
                    left -= 1
                    return left
                }
                // What was asked for last may have been done or not.
                if number == -1, count.isMultiple(of: 2) { throw CancellationError() }
                let answer = try await cluster.kubectl(arguments, input)
                if number == -1 { throw CancellationError() }
                return answer
            }
            let wasWhole = await (try? test.move(kubectl: breaking)) != nil
            _ = try await test.move()
            try await test.expectMoved()
            guard wasWhole else { continue }
            #expect(count > 15)
            break
        }
    }

    @Test func aCopyThatFailsLeavesTheVolumeWhereItIs() async throws {
        try await begin()
        await #expect(throws: VolumeMoveError.copy("mediawiki-mysql", said: "no space left")) {
            try await move(code: 1)
        }
        let id = ObjectID(kind: "PersistentVolume", namespace: nil, name: "mediawiki-mysql")
        #expect(await cluster.object(id)?.node.volumeNodes == ["node1"])
    }

    @Test func whatCannotBeMovedIsRefusedBeforeAnythingStops() async throws {
        try await begin()
        await cluster.forgetCalls()
        await #expect(throws: VolumeMoveError.inventory("mediawiki-images", says: "node1")) {
            try await move(["mediawiki-images"])
        }
        await #expect(throws: VolumeMoveError.noNode("node9")) { try await move(to: "node9") }
        await #expect(throws: VolumeMoveError.self) { try await move(["mediawiki-mysq"]) }
        let media = try Ironwood.rendered {
            $0.volumeNodes = [
                (claim: "edxapp-media", node: "node2"), (claim: "edxapp-lms-assets", node: "node2"),
                (claim: "edxapp-studio-assets", node: "node2"),
            ]
        }
        _ = try await Applier(kubectl: cluster.kubectl, clock: FakeClock())
            .apply(Ironwood.rendered()) { _ in }
        await cluster.forgetCalls()
        await #expect(throws: VolumeMoveError.self, "what a pod mounts goes together") {
            try await VolumeMove(
                of: ["edxapp-media"], to: "node2", in: media,
                with: Applier(kubectl: cluster.kubectl, clock: FakeClock())
            ) { _ in (0, "") }.perform { _ in }
        }
        #expect(await cluster.calls.allSatisfy { $0.first == "get" })
        await cluster.remove(ObjectID(kind: "PersistentVolume", namespace: nil, name: "mediawiki-mysql"))
        await #expect(throws: VolumeMoveError.noVolume("mediawiki-mysql")) { try await move() }
    }

    /// The script of the copy, with a kubectl that runs what it is told here.
    @Test func theCopyPassesShellcheck() async throws {
        try await begin()
        await cluster.answerPrograms { _ in KubectlOutput(output: []) }
        _ = try await move()
        let script = try #require(scripts.withLock { $0.first })
        let (code, output) = try await Command.run([
            "sh", "-c", #"printf '%s\n' "$0" | shellcheck -s sh -e SC2016 -"#, script,
        ])
        #expect(code == 0, "\(output)")
    }
}
