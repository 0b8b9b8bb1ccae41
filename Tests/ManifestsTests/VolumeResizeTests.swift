import Inventory
import Manifests
import Testing
import YAML

/// Other sizes of volumes.
@Suite struct VolumeResizeTests {
    private let cluster = FakeCluster()
    private var applier: Applier { Applier(kubectl: cluster.kubectl, clock: FakeClock()) }
    private let claim = ObjectID(
        kind: "PersistentVolumeClaim", namespace: "mediawiki", name: "mediawiki-mysql")
    private let volume = ObjectID(kind: "PersistentVolume", namespace: nil, name: "mediawiki-mysql")
    private static let fast = OpenEdXStorage.storageClass("fast", shared: "fast")

    /// The wiki, whose MySQL has 10Gi where nothing else is said.
    private func rendered(_ size: String? = nil, on storage: OpenEdXStorage = Ironwood.local) throws
        -> Rendered
    {
        try OtherApplication.rendered("mediawiki", storage) {
            $0.volumeSizes = size.map { [(claim: "mediawiki-mysql", size: $0)] } ?? []
        }
    }

    private func begin(on storage: OpenEdXStorage = Ironwood.local, expands: Bool = true) async throws {
        await cluster.put([
            "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": ["name": "fast"],
            "allowVolumeExpansion": .bool(expands),
        ])
        _ = try await applier.apply(rendered(on: storage)) { _ in }
        await cluster.forgetCalls()
    }

    private func resize(
        _ name: String = "mediawiki-mysql", to size: String = "40Gi", inventory: String? = "40Gi",
        on storage: OpenEdXStorage = Ironwood.local
    ) throws -> VolumeResize {
        try VolumeResize(of: name, to: size, in: rendered(inventory, on: storage), with: applier)
    }

    private func asked() async throws -> String? {
        try #require(await cluster.object(claim)).node[path: ["spec", "resources", "requests", "storage"]]?
            .text
    }

    @Test(arguments: [Ironwood.local, Ironwood.nfs]) func aFolderGrowsAndNothingStops(
        storage: OpenEdXStorage
    ) async throws {
        try await begin(on: storage)
        let step = try await resize(on: storage).step()
        #expect(step.size == VolumeSize(claim: "mediawiki-mysql", has: "10Gi", wanted: "40Gi"))
        #expect(step.storageClass == nil && !step.isDone)
        #expect(await cluster.calls.allSatisfy { $0.first == "get" }, "looking changes nothing")
        #expect(try await resize(on: storage).perform { _ in } == .done)
        let has = try #require(await cluster.object(volume)).node[path: ["spec", "capacity", "storage"]]
        #expect(has?.text == "40Gi")
        #expect(try await asked() == "10Gi", "the API takes no other request of a claim without a class")
        let changing = await cluster.calls.filter { $0.first != "get" }
        #expect(changing.map(\.first) == ["apply"])

        #expect(try await applier.changes(of: rendered("40Gi", on: storage)).isEmpty)
        let report = try await applier.apply(rendered("40Gi", on: storage)) { _ in }
        #expect(report.changes.isEmpty)
        await cluster.forgetCalls()
        #expect(try await resize(to: "40960Mi", on: storage).step().isDone)
        #expect(try await resize(on: storage).perform { _ in } == .done)
        #expect(await cluster.calls.allSatisfy { $0.first == "get" }, "a second time changes nothing")
    }

    @Test(arguments: [Ironwood.local, fast]) func applyingTellsOfAnotherSizeAndDoesNotChangeIt(
        storage: OpenEdXStorage
    ) async throws {
        try await begin(on: storage)
        for (size, grows) in [("40Gi", true), ("5Gi", false)] {
            let other = VolumeSize(claim: "mediawiki-mysql", has: "10Gi", wanted: size)
            #expect(other.grows == grows)
            let changes = try await applier.changes(of: rendered(size, on: storage))
            #expect(changes.map(\.kind) == [.resize] && changes.map(\.size) == [other])
            await #expect(throws: ManifestError.otherSizes([other])) {
                try await applier.apply(rendered(size, on: storage)) { _ in }
            }
        }
        #expect(await cluster.calls.allSatisfy { $0.first == "get" || $0.contains("--dry-run=server") })
        #expect(try await applier.changes(of: rendered("10240Mi", on: storage)).isEmpty)
    }

    @Test func whatCannotBeIsRefused() async throws {
        await #expect(throws: VolumeResizeError.noVolume("mediawiki-mysql")) { try await resize().step() }
        try await begin()
        await #expect(throws: VolumeResizeError.inventory("mediawiki-mysql", says: "10Gi")) {
            try await resize(inventory: nil).step()
        }
        await #expect(
            throws: VolumeResizeError.unknown(
                "mysql", known: ["mediawiki-images", "mediawiki-mysql"])
        ) { try await resize("mysql").step() }
        let smaller = VolumeSize(claim: "mediawiki-mysql", has: "10Gi", wanted: "5Gi")
        await #expect(throws: VolumeResizeError.shrinks(smaller)) {
            try await resize(to: "5Gi", inventory: "5Gi").perform { _ in }
        }
        #expect(await cluster.calls.allSatisfy { $0.first == "get" })
    }

    @Test func aClassThatDoesNotLetItsVolumesGrowIsRefused() async throws {
        try await begin(on: Self.fast, expands: false)
        await #expect(throws: VolumeResizeError.fixedClass("fast", isThere: true)) {
            try await resize(on: Self.fast).perform { _ in }
        }
        await cluster.remove(ObjectID(kind: "StorageClass", namespace: nil, name: "fast"))
        await #expect(throws: VolumeResizeError.fixedClass("fast", isThere: false)) {
            try await resize(on: Self.fast).perform { _ in }
        }
        #expect(try await asked() == "10Gi")
    }

    private static func status(_ size: String, _ condition: String? = nil) -> Node {
        let conditions = condition.map { name -> Node in [["type": .string(name), "status": "True"]] }
        return ["phase": "Bound", "capacity": ["storage": .string(size)], "conditions": conditions ?? []]
    }

    @Test func aVolumeOfAClassIsWaitedFor() async throws {
        try await begin(on: Self.fast)
        await cluster.answerClaims([
            Self.status("10Gi"), Self.status("10Gi"), Self.status("10Gi", "Resizing"), Self.status("40Gi"),
        ])
        #expect(try await resize(on: Self.fast).perform { _ in } == .done)
        #expect(try await asked() == "40Gi")
        #expect(try await resize(on: Self.fast).step().isDone)
    }

    @Test func whereNoPodMountsItTheFileSystemGrowsLater() async throws {
        try await begin(on: Self.fast)
        await cluster.answerClaims([Self.status("10Gi", "FileSystemResizePending")])
        #expect(try await resize(on: Self.fast).perform { _ in } == .whenMounted)
    }

    @Test func aDriverThatDoesNotComeToItsEndIsNamed() async throws {
        try await begin(on: Self.fast)
        await cluster.answerClaims([Self.status("10Gi", "FileSystemResizePending")])
        await cluster.put([
            "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "mysql-0", "namespace": "mediawiki"],
            "spec": ["volumes": [["persistentVolumeClaim": ["claimName": "mediawiki-mysql"]]]],
        ])
        await cluster.put(
            pods: [],
            events: [
                [
                    "involvedObject": ["name": "mediawiki-mysql"], "reason": "VolumeResizeFailed",
                    "message": "no quota",
                ]
            ])
        await #expect(
            throws: VolumeResizeError.stalled(
                "mediawiki-mysql", pods: ["mysql-0"],
                because: ["FileSystemResizePending", "VolumeResizeFailed: no quota"])
        ) { try await resize(on: Self.fast).perform { _ in } }
        // What was asked for stands, so the same command goes on with it.
        #expect(try await !resize(on: Self.fast).step().isDone)
        #expect(try await applier.changes(of: rendered("40Gi", on: Self.fast)).isEmpty)
    }
}
