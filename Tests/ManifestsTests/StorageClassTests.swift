import Inventory
import Manifests
import Testing
import YAML

/// Volumes that a StorageClass of the cluster makes.
@Suite struct StorageClassTests {
    private let storage = OpenEdXStorage.storageClass("fast", shared: "files")

    @Test func claimsAskTheirClassAndNothingElseIsMade() throws {
        let rendered = try Verawood.rendered(storage) { $0.services = Verawood.services }
        #expect(rendered.all("PersistentVolume").isEmpty && rendered.folders.isEmpty)
        let claims = rendered.all("PersistentVolumeClaim")
        #expect(claims.count == 13)
        let shared = ["cms-data", "discovery-media", "lms-data", "openedx-media", "openedx-media-private"]
        for claim in claims {
            let spec = claim.node["spec"]
            let isShared = shared.contains(claim.name) || claim.name == "xqueue-media"
            #expect(spec?["volumeName"] == nil)
            #expect(spec?["storageClassName"]?.text == (isShared ? "files" : "fast"), "\(claim.name)")
            let modes = spec?["accessModes"]?.items?.compactMap(\.text)
            #expect(modes == [isShared ? "ReadWriteMany" : "ReadWriteOnce"], "\(claim.name)")
        }
        #expect(try Ironwood.rendered(storage).all("PersistentVolume").isEmpty)
    }

    @Test func aClassThatIsNotThereIsRefusedBeforeAnythingIsApplied() async throws {
        let cluster = FakeCluster()
        let applier = Applier(kubectl: cluster.kubectl, clock: FakeClock())
        let rendered = try Verawood.rendered(storage, secrets: SecretValues(["mysql-root-password": "x"]))
        await cluster.put([
            "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": ["name": "fast"],
        ])
        await #expect(throws: ManifestError.noStorageClass(["files"], known: ["fast"])) {
            _ = try await applier.apply(rendered) { _ in }
        }
        #expect(!(await cluster.calls).contains { $0.first == "apply" })
        await cluster.put([
            "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": ["name": "files"],
        ])
        let report = try await applier.apply(rendered) { _ in }
        #expect(report.changes.count == rendered.objects.count)
    }
}
