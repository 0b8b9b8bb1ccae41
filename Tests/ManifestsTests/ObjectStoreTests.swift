import Foundation
import Inventory
import Manifests
import TestSupport
import Testing
import YAML

/// Files that people upload, in an object store outside.
@Suite struct ObjectStoreTests {
    private func rendered() throws -> Rendered {
        try Verawood.rendered {
            $0.s3 = ObjectStore(
                endpoint: "http://s3.example.edu:9000", region: "campus-1", addressing: .path,
                buckets: [.init(name: "grades", bucket: "reports")])
        }
    }

    @Test func noVolumeIsNeededForThem() throws {
        let rendered = try rendered()
        let claims = ["openedx-media", "openedx-media-private"]
        #expect(
            try claims.allSatisfy { name in try Verawood.rendered().objects.contains { $0.name == name } })
        #expect(!rendered.objects.contains { claims.contains($0.name) })
        #expect(!rendered.folders.contains { $0.path.contains("media") })
        for name in ["lms", "lms-worker", "cms", "cms-worker"] {
            let workload = try rendered.one("Deployment", name)
            #expect(workload.claims == [name.hasPrefix("lms") ? "lms-data" : "cms-data"])
            for volume in workload.volumes where volume["name"]?.text?.hasPrefix("media") == true {
                #expect(volume.entries?.map(\.key) == ["name", "emptyDir"], "\(name)")
            }
            let keys = (workload.containers.first?["env"]?.items ?? []).compactMap {
                $0[path: ["valueFrom", "secretKeyRef", "key"]]?.text
            }
            #expect(keys.contains("s3-access-key") && keys.contains("s3-secret-key"), "\(name)")
        }
    }

    @Test func keysAreThereWithSuchAStoreAlone() throws {
        let without = try Verawood.edition().chosen(by: Verawood.openedx())
        #expect(!without.secrets.contains { $0.name.hasPrefix("s3-") })
        let settings = try Verawood.rendered().one("ConfigMap", "openedx-config")
        #expect(!settings.node.texts.contains { $0.contains("s3boto3") })
        let with = try Verawood.edition().chosen(
            by: Verawood.openedx { $0.s3 = ObjectStore(endpoint: "https://s3.example.edu") })
        #expect(
            with.secrets.map(\.name).filter { $0.hasPrefix("s3-") } == ["s3-access-key", "s3-secret-key"])
    }

    /// A store of the test's own, and Django's client with the settings as they are rendered.
    @Test func filesComeAndGoByTheSettings() async throws {
        let config = try rendered().one("ConfigMap", "openedx-config").node["data"]
        try await withScratchFolder { folder in
            for name in ["with-s3.py", "lms-with-s3.py"] {
                try #require(config?[name]?.text).write(
                    toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
            }
            let script = Tool.folder.appending(path: "s3.sh").path
            let (code, output) = try await Command.run([
                "sh", script, folder, "http://s3.example.edu:9000",
            ])
            #expect(
                code == 0 && output.hasSuffix("openedx openedxlearning openedxuploads reports\n"), "\(output)"
            )
        }
    }
}
